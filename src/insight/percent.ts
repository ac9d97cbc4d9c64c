/** To the nearest, but 100 only when it is all of them, and 0 only when it is nobody. */
export function percentOf(part: number, whole: number): number {
  if (part === 0 || whole === 0) return 0;
  if (part === whole) return 100;
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
}
