import { day, hour } from '../../../base/clock.js';

/** `3 days`, `5 hours`; empty once it is over, or where there is no end. */
export function leftText(end: number, now: number): string {
  const ms = end - now;
  if (ms <= 0 || !Number.isFinite(ms)) return '';
  const hours = Math.max(1, Math.round(ms / hour));
  const days = Math.round(ms / day);
  return hours < 24 ? counted(hours, 'hour') : counted(days, 'day');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
