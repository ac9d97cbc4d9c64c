import { durationText } from './duration-text.js';
import { disguise } from './outside-text.js';

const moments = /[a-z]At$|^(at|until|since|asOf|activeUntil|decideBy|endFrom)$/;

/**
 * Makes a view safe to be put into a template. The names of its fields say what they hold: `…At` and a few others
 * a moment, `lasts`
 * how long access lasts; everything else that is text was written by somebody and goes in disguise.
 */
export function prepareView(value: unknown, name = ''): unknown {
  if (name === 'data') return disguiseAll(value);
  // A missing value would stay in the card as `${...}`, and null inside a text makes the template language throw.
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return prepareText(value, name);
  if (Array.isArray(value)) return value.map((item) => prepareView(item, name));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, prepareView(item, key)]));
}

/** What a button sends back: names mean nothing in there, and nothing but the disguise may touch it. */
function disguiseAll(value: unknown): unknown {
  if (typeof value === 'string') return disguise(value);
  if (Array.isArray(value)) return value.map(disguiseAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, disguiseAll(item)]));
}

function prepareText(text: string, name: string): string {
  if (name === 'lasts') return lastsText(text);
  return moments.test(name) ? moment(text) : disguise(text);
}

/** The only form that {{DATE(...)}} takes: seconds, no fraction, UTC. Anything else is no moment. */
function moment(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? '' : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

function lastsText(text: string): string {
  if (text === '') return 'No end date';
  const at = moment(text);
  return durationText(text) ?? (at === '' ? disguise(text) : `Until {{DATE(${at}, SHORT)}}`);
}
