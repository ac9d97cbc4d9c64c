/** Words that fit any group, so that a name made of them alone says nothing. */
const empty = new Set(
  'group groups team teams users user members access app test temp new old copy misc all data role admin sg grp m365 aad'.split(
    ' ',
  ),
);

/** A name from which a reviewer cannot tell what it is for: nothing but general words, numbers and codes. */
export function isUnclear(name: string): boolean {
  const words = name.toLowerCase().match(/\p{L}[\p{L}\p{M}]+/gu) ?? [];
  return !words.some((word) => word.length >= 3 && !empty.has(word) && /[aeiouyäöüéè]|[^a-z]/u.test(word));
}
