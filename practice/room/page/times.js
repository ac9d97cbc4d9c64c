// @ts-check

const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayName = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const short = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const withYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });

/** @param {string} iso */
export const dateOf = (iso) => withYear.format(new Date(iso));

/** @param {string} iso */
export const timeOf = (iso) => clockTime.format(new Date(iso));

/** @param {string | Date} at */
export const shortDateTime = (at) => short.format(new Date(at));

/**
 * @param {string} iso
 * @param {Date} now by the practice clock
 */
export function dayOf(iso, now) {
  const at = new Date(iso);
  if (at.toDateString() === now.toDateString()) return 'Today';
  const yesterday = new Date(now.getTime() - 86_400_000);
  return at.toDateString() === yesterday.toDateString() ? 'Yesterday' : dayName.format(at);
}

/**
 * "1 day 2 hours ahead", or nothing when the practice clock shows real time.
 * @param {number} offsetMs
 */
export function aheadBy(offsetMs) {
  const minutes = Math.round(offsetMs / 60_000);
  /** @type {[number, string][]} */
  const parts = [
    [Math.floor(minutes / 1_440), 'day'],
    [Math.floor((minutes % 1_440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count > 1 ? 's' : ''}`);
  return said.length > 0 ? `${said.slice(0, 2).join(' ')} ahead` : '';
}
