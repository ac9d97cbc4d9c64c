/** Words that say nothing about which role is meant. */
const noise = new Set(
  'i a an the my me to for of as at on and need want would like please can could get have activate activation elevate make be become use role roles access now hour hours minute minutes half day emergency urgent urgently today show list what which pim jit time some just in is are do does with'.split(
    ' ',
  ),
);

/** What a role is called in chat, beside what Entra calls it. */
const same: Readonly<Record<string, string>> = {
  admin: 'administrator',
  admins: 'administrators',
  sec: 'security',
  contrib: 'contributor',
};

/** The words of a sentence that can name a role, in small letters. */
export function words(text: string): readonly string[] {
  const all =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return all
    .filter((word) => !noise.has(word) && !/^\d+(m|h|min|hrs?)?$/.test(word))
    .map((word) => (Object.hasOwn(same, word) ? (same[word] ?? word) : word));
}
