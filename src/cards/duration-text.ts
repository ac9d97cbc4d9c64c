const units = ['year', 'month', 'week', 'day', 'hour', 'minute'] as const;
const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** `P1DT12H` in words: 1 day 12 hours. Undefined when it is not a duration that can be said in such words. */
export function durationText(iso: string): string | undefined {
  const amounts = pattern.exec(iso)?.slice(1);
  const words = amounts?.flatMap((amount, index) => {
    const count = Number(amount ?? 0);
    return count === 0 ? [] : [`${count} ${units[index]}${count === 1 ? '' : 's'}`];
  });
  return words === undefined || words.length === 0 ? undefined : words.join(' ');
}
