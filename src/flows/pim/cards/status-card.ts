import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { ActivationRow } from '../../../store/schema.js';
import { portalRoles } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, isOn, isOver, namedOf, verdictOf } from '../activations.js';
import { shortestUse } from '../ask/rules.js';
import { lastsText, leftText } from '../lasts.js';
import { decideWithin, endsSoon, usuallyReadyWithin } from '../limits.js';
import { targetView } from '../target.js';
import type { AskedView, StatusState, StatusView } from './views.js';

export interface StatusExtras {
  readonly ref?: string;
  /** Address of the reader, for the refresh; absent: this is their own view. */
  readonly mri?: string;
  readonly waitingFor?: string;
  readonly problem?: string;
  readonly reference?: string;
  /** Sent, and not answered yet. */
  readonly working?: boolean;
}

export function statusCard(services: HouseServices, row: ActivationRow, extras: StatusExtras = {}): Card {
  const now = services.clock.now().getTime();
  const { ref = '', mri = '', waitingFor = '', problem = '', reference = '', working = false } = extras;
  const verdict = verdictOf(row);
  const state = working ? 'working' : stateOf(row, now);
  const on = isOn(row.state);
  const act = services.policy.flows.pim === 'act' && ref !== '';
  const view: StatusView = {
    ref,
    mri,
    state,
    target: targetView(services, namedOf(row)),
    asked: askedView(row),
    waitingFor: state === 'asked' ? waitingFor : '',
    decideBy: state === 'asked' ? time(row.asked_at === 0 ? 0 : row.asked_at + decideWithin) : '',
    decidedBy: verdict.byName,
    decidedAt: verdict.at,
    comment: verdict.comment,
    startsAt: time(row.starts_at),
    endsAt: time(row.ends_at),
    // Minutes go by: only whoever looks themself sees them, so that the message is not sent anew every minute.
    left: on && mri === '' ? leftText(row.ends_at, now) : '',
    slow: row.state === 'active' && row.starts_at > 0 && now > row.starts_at + usuallyReadyWithin,
    endFrom: on && now < row.starts_at + shortestUse ? time(row.starts_at + shortestUse) : '',
    endedBy: aboutOf(row).endedBy,
    canCancel: act && (state === 'asked' || state === 'scheduled'),
    canEnd: act && on,
    canAgain: act && (on || isOver(row.state)),
    problem,
    portalUrl: portalRoles(row.kind),
    reference: shortReference(reference),
  };
  return { template: 'pim/status', view };
}

/** Nothing came of it: as good as a failed one, with the way to send it again. */
export function notSentCard(
  services: HouseServices,
  row: ActivationRow,
  extras: { readonly ref: string; readonly problem: string },
): Card {
  return statusCard(services, { ...row, state: 'failed' }, extras);
}

function stateOf(row: ActivationRow, now: number): StatusState {
  if (row.state === 'scheduled' && row.starts_at <= now) return 'starting';
  if (!isOn(row.state) || row.ends_at === 0) return row.state;
  if (row.state === 'ready' && now >= row.ends_at - endsSoon) return 'ending';
  return row.state;
}

export function askedView(row: ActivationRow): AskedView {
  const { reason, system, number, minutes } = aboutOf(row);
  return {
    reason,
    ticket: [system, number].filter((part) => part !== '').join(' '),
    lasts: lastsText(minutes),
    askedAt: time(row.asked_at),
  };
}

export function time(at: number): string {
  return at === 0 ? '' : new Date(at).toISOString();
}
