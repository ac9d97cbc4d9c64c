const units = [86_400_000, 3_600_000, 60_000, 1_000];
const shape = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration in days, hours, minutes and seconds; undefined when it is none. */
export function durationMs(text: string): number | undefined {
  const parts = shape.exec(text);
  if (!parts) return undefined;
  return units.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
}
