import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import type { HouseServices } from '../../turn.js';
import { needed } from '../attest/needed.js';
import type { AttestArgs } from '../attest/rules.js';
import { type Attestation, type Case, isOpen } from '../cases.js';
import { flagText, unreadText } from '../checks/flag-text.js';
import type { AttestView, FlagLine } from './attest-views.js';
import { entraUser } from './entra-users.js';
import { openerFor } from './opener-for.js';

export interface AttestReader {
  readonly person: string;
  readonly ref: string;
  /** Address of the reader, for the refresh; empty: this is their own view. */
  readonly mri: string;
  readonly problem?: string;
  /** What they had chosen and written, where the form comes back. */
  readonly written?: { readonly how: Attestation['how'] | ''; readonly note: string };
}

export async function attestCard(services: HouseServices, one: Case, reader: AttestReader): Promise<Card> {
  const { about, kind } = one;
  const mine = one.attested.find(({ by }) => by === reader.person);
  const { jobTitle, department } = await detailsOf(services, one.subject);
  const view: AttestView = {
    ref: reader.ref,
    mri: reader.mri,
    state: stateFor(one, mine !== undefined),
    kind,
    person: about.subjectName,
    jobTitle,
    department,
    openedBy: openerFor(one, reader.person),
    openedAt: new Date(one.opened_at).toISOString(),
    said: about.note,
    privileged: one.privileged === 1,
    have: one.attested.length,
    needed: needed(services.policy.recovery, one),
    vouched: one.attested.map(({ byName }) => byName).join(', '),
    flags: signsOf(one),
    unread: unreadText(about.flags?.unread ?? []),
    canAct: services.policy.flows.recovery === 'act' && one.state === 'attest',
    how: mine?.how ?? reader.written?.how ?? '',
    note: mine?.note ?? reader.written?.note ?? '',
    at: mine === undefined ? '' : new Date(mine.at).toISOString(),
    back: about.passkey !== '',
    outcome: about.outcome,
    problem: reader.problem ?? '',
    portalUrl: entraUser(one.subject),
    reference: '',
  };
  return { template: 'recovery/attest', view };
}

function stateFor(one: Case, mine: boolean): AttestView['state'] {
  if (one.state === 'closed' || one.state === 'refused' || one.state === 'withdrawn') return one.state;
  if (mine) return 'attested';
  return one.state === 'attest' && isOpen(one) ? 'ask' : 'enough';
}

export function flagLines({ about }: Pick<Case, 'about'>): readonly FlagLine[] {
  return (about.flags?.found ?? []).map((flag) => ({ text: flagText(flag), at: flag.at }));
}

/** What exactly was seen is for whoever looks after security: where somebody was is not their manager's to know. */
function signsOf({ about: { flags } }: Pick<Case, 'about'>): readonly FlagLine[] {
  if (flags === undefined || flags.found.length === 0) return [];
  const many = flags.found.length === 1 ? 'There is 1 sign' : `There are ${flags.found.length} signs`;
  const text = `${many} that something may be wrong. Make especially sure, and say no if in doubt.`;
  return [{ text, at: new Date(flags.readAt).toISOString() }];
}

/** Right after the press, from what was recorded alone; the case's own picture follows. */
export function answeredCard(
  args: AttestArgs,
  { state, reference }: { readonly state: 'working' | 'attested' | 'refused'; readonly reference: string },
): Card {
  const view: AttestView = {
    ref: '',
    mri: '',
    state,
    kind: args.kind,
    person: args.subjectName,
    jobTitle: '',
    department: '',
    openedBy: args.openedBy,
    openedAt: args.openedAt,
    said: args.said,
    privileged: args.privileged,
    have: args.have,
    needed: args.needed,
    vouched: args.vouched,
    flags: [],
    unread: '',
    canAct: false,
    how: args.how,
    note: args.note,
    at: args.at,
    back: false,
    outcome: '',
    problem: '',
    portalUrl: entraUser(args.subject),
    reference: shortReference(reference),
  };
  return { template: 'recovery/attest', view };
}

const unknown = { jobTitle: '', department: '' };

/** Two people can have one name. The card says the rest without it. */
async function detailsOf(services: HouseServices, id: string): Promise<typeof unknown> {
  try {
    const found = (await usersByIds(services.graph.reader(services.ids.guid()), [id])).get(id);
    return found === undefined || found === 'gone' ? unknown : found;
  } catch (error) {
    services.log.warn({ error }, 'where somebody works could not be read for a card');
    return unknown;
  }
}
