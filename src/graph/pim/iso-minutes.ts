const form = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?)?$/i;

/** Of an ISO 8601 duration, such as PT8H or P1DT2H; 0 for everything that is none. */
export function isoMinutes(duration: string): number {
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (form.exec(duration.trim()) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  return days * 1440 + hours * 60 + minutes + Math.floor(seconds / 60);
}

/** Written as portals write it: PT2H, PT1H30M, PT24H. */
export function isoDuration(minutes: number): string {
  if (!Number.isInteger(minutes) || minutes < 1)
    throw new TypeError('A window has a whole number of minutes');
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours === 0 ? '' : `${hours}H`}${rest === 0 ? '' : `${rest}M`}`;
}
