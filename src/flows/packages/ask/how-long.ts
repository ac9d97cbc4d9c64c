import { durationText } from '../../../cards/duration-text.js';

/** How long access lasts under each of several policies: `30 days or 90 days`. */
export function howLong(all: readonly string[]): string {
  return [...new Set(all.map(inWords))].join(' or ');
}

function inWords(lasts: string): string {
  if (lasts === '') return 'no end date';
  return durationText(lasts) ?? `until ${lasts.slice(0, 10)}`;
}
