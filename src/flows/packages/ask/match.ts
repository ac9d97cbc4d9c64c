/** Which packages a sentence means: words of the sentence that stand in the name count most, then the description. */

export interface Named {
  readonly name: string;
  readonly description: string;
}

const emptyWords = new Set(
  'a access ai am an and ask can could for get give have help hello hey hi i id in is it like may me my need of on package packages please request some the to use want we with would you'.split(
    ' ',
  ),
);

export function words(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].filter(
    (word) => !emptyWords.has(word),
  );
}

/** 0 to 1: the share of the asked words found, a find in the name counting twice. */
export function likeness(query: readonly string[], candidate: Named): number {
  if (query.length === 0) return 0;
  const name = words(candidate.name);
  const description = words(candidate.description);
  const points = query.map((word) => (has(name, word) ? 2 : has(description, word) ? 1 : 0));
  return points.reduce<number>((sum, point) => sum + point, 0) / (2 * query.length);
}

/** `assistants` finds `assistant`: the start of a longer word is enough. */
function has(list: readonly string[], word: string): boolean {
  return list.some(
    (other) => other === word || (word.length > 3 && (other.startsWith(word) || word.startsWith(other))),
  );
}
