import { minute } from '../../../base/clock.js';
import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { Pass } from '../../../graph/recovery/recovery.js';
import type { PassView } from './pass-views.js';

export interface PassOf {
  readonly name: string;
  readonly reference: string;
}

/** Without a code, because there is none to be shown, or none any more. */
export function passCard({
  state,
  name,
  reference,
}: PassOf & { readonly state: Exclude<PassView['state'], 'code'> }): Card {
  const view: PassView = {
    state,
    name,
    ref: '',
    code: '',
    spelled: '',
    until: '',
    once: false,
    reference: shortReference(reference),
  };
  return { template: 'recovery/pass', view };
}

export interface CodeOf extends PassOf {
  readonly ref: string;
  readonly code: string;
  readonly pass: Pass;
}

/** For the one answer to whoever made it. */
export function codeCard({ name, reference, ref, code, pass }: CodeOf): Card {
  const until = new Date(Date.parse(pass.startsAt) + pass.minutes * minute);
  const view: PassView = {
    state: 'code',
    name,
    ref,
    code,
    spelled: [...code].map(spell).join(', '),
    until: Number.isNaN(until.getTime()) ? '' : until.toISOString(),
    once: pass.once,
    reference: shortReference(reference),
  };
  return { template: 'recovery/pass', view };
}

function spell(sign: string): string {
  if (/\d/.test(sign)) return `digit ${sign}`;
  if (/\p{Lu}/u.test(sign)) return `capital ${sign}`;
  return /\p{Ll}/u.test(sign) ? `small ${sign}` : (signs.get(sign) ?? `sign ${sign}`);
}

/** As people say them on the phone. */
const signs: ReadonlyMap<string, string> = new Map([
  ['*', 'star'],
  ['_', 'underscore'],
  ['#', 'hash'],
  ['!', 'exclamation mark'],
  ['?', 'question mark'],
  ['+', 'plus'],
  ['-', 'minus'],
  ['=', 'equals sign'],
  ['@', 'at sign'],
  ['$', 'dollar sign'],
  ['%', 'percent sign'],
  ['&', 'and sign'],
]);
