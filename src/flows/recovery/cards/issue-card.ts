import { minute } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import type { Pass } from '../../../graph/recovery/recovery.js';
import type { HouseServices } from '../../turn.js';
import { needed, stillNeeded } from '../attest/needed.js';
import { type Case, isOpen } from '../cases.js';
import { flagText, unreadText } from '../checks/flag-text.js';
import { cleanUpSection } from '../clean-up/section.js';
import { entraUser } from './entra-users.js';
import type { IssueView } from './issue-views.js';
import { openerFor } from './opener-for.js';

export interface IssueReader {
  readonly person: string;
  readonly ref: string;
  /** Address of the reader, for the refresh; empty: this is their own view. */
  readonly mri: string;
  readonly problem?: string;
  /** A pass that Entra has for them, where it was looked. */
  readonly there?: Pass;
}

/** A case as those see it who can make the pass. */
export async function issueCard(services: HouseServices, one: Case, reader: IssueReader): Promise<Card> {
  const { about, state } = one;
  const { policy } = services;
  const blocked = blockedFor(one, reader.person);
  const able = policy.flows.recovery === 'act' && isOpen(one) && reader.ref !== '' && blocked !== 'self';
  const ready = state === 'sign-in' || (state === 'issue' && stillNeeded(policy.recovery, one) === 0);
  const view: IssueView = {
    ref: reader.ref,
    mri: reader.mri,
    state,
    kind: one.kind,
    person: about.subjectName,
    openedBy: openerFor(one, reader.person),
    openedAt: new Date(one.opened_at).toISOString(),
    said: about.note,
    told: about.subjectTold || one.opened_by === one.subject,
    privileged: one.privileged === 1,
    have: one.attested.length,
    needed: needed(policy.recovery, one),
    vouched: one.attested.map(({ byName: name, how, note, at }) => ({
      name,
      how,
      note,
      at: new Date(at).toISOString(),
    })),
    ...signs(services, one),
    ...passOf(services, one, reader),
    canIssue: able && ready && blocked === '',
    blocked,
    canClose: able,
    cleanUp: await cleanUpSection(services, one),
    outcome: about.outcome,
    problem: reader.problem ?? '',
    portalUrl: entraUser(one.subject),
  };
  return { template: 'recovery/issue', view };
}

function blockedFor(one: Case, person: string): IssueView['blocked'] {
  if (person === one.subject) return 'self';
  return one.attested.some(({ by }) => by === person) ? 'attester' : '';
}

function signs({ policy }: HouseServices, { about: { flags } }: Case) {
  const found = (flags?.found ?? []).map((flag) => ({
    text: flagText(flag),
    at: flag.at,
    stops: policy.recovery.block.includes(flag.name),
  }));
  return { flags: found, unread: unreadText(flags?.unread ?? []), looking: flags === undefined };
}

function passOf(
  services: HouseServices,
  one: Case,
  { person, there }: IssueReader,
): Pick<IssueView, 'pass' | 'byYou' | 'madeAt' | 'until' | 'once' | 'replace'> {
  const { pass } = one;
  const byYou = one.issuer === person;
  // What it says of the pass is what opens the account now; after the case nothing of it does.
  const ended = endOf(one);
  if (there !== undefined && there.id !== pass?.id) {
    const { id: replace, createdAt: madeAt, once } = there;
    return { pass: 'there', byYou: false, madeAt, until: untilOf(there), once, replace };
  }
  if (pass === undefined)
    return { pass: 'none', byYou: false, madeAt: '', until: '', once: false, replace: '' };
  const made = { byYou, madeAt: new Date(pass.madeAt).toISOString(), once: pass.once, replace: pass.id };
  if (ended !== undefined) return { ...made, pass: ended, until: '' };
  const until = untilOf(pass);
  const over = Date.parse(until) <= services.clock.now().getTime();
  return { ...made, pass: pass.shown ? (over ? 'over' : 'shown') : 'unseen', until };
}

/** A pass for one sign-in was used once there is a new passkey, which nobody could have set up without it. */
function endOf({ closed_at, pass, about }: Case): 'ended' | 'used' | undefined {
  if (pass?.shown === true && pass.once && about.passkey !== '') return 'used';
  return closed_at === 0 ? undefined : 'ended';
}

function untilOf({ startsAt, minutes }: { readonly startsAt: string; readonly minutes: number }): string {
  const at = Date.parse(startsAt) + minutes * minute;
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
}
