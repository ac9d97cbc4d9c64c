import { managerOf, userById } from '../../../graph/directory.js';
import type { CardRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { caseKind } from '../cards/case-row.js';
import type { Case } from '../cases.js';
import { deniedIn } from '../changes/rows.js';
import { incidentAddressees, incidentKind } from '../incident/addressees.js';
import { attestersOf, isManagerNew } from '../who/attesters.js';
import { issuersOf } from '../who/issuers.js';
import { peopleAmong } from '../who/people-among.js';
import { attestKind, issueKind, toldKind, whyOf } from './card-rows.js';

/** Somebody who gets a card of a case, and for a notice the reason. */
export interface Addressee {
  readonly kind: string;
  readonly person: string;
  readonly why?: string;
}

/** Who else has to get a card now. Whoever has one already keeps it, also a final one. */
export async function newAddressees(
  services: HouseServices,
  one: Case,
  cards: readonly CardRow[],
): Promise<readonly Addressee[]> {
  const denied = await deniedIn(services, one.id);
  // Whoever made what the person knows nothing of could be behind it.
  const free = (found: readonly Addressee[]) =>
    found.filter(({ person }) => denied.every(({ by_id: by }) => by !== person));
  const [vouch, issue, incident] = await Promise.all([
    vouching(services, one).then(free),
    issuing(services, one).then(free),
    incidentAddressees(services, one),
  ]);
  const asked = [
    ...cards.filter(({ kind }) => kind === attestKind || kind === issueKind || kind === incidentKind),
    ...vouch,
    ...issue,
    ...incident,
  ];
  const busy = new Set(asked.map(({ person }) => person));
  const wanted = [...followers(one), ...incident, ...vouch, ...issue, ...(await told(services, one, busy))];
  const has = new Set(
    cards
      .filter((card) => !isAskedAgain(one, card))
      .map(({ kind, person, purpose }) => `${kind} ${person} ${whyOf({ purpose })}`),
  );
  return wanted.filter(({ kind, person, why = '' }) => {
    const key = `${kind} ${person} ${why}`;
    if (has.has(key)) return false;
    has.add(key);
    return true;
  });
}

/** Others were enough at first, and then it took more: their card is final, and they are asked on another one. */
function isAskedAgain({ state: step, attested }: Case, { kind, person, state }: CardRow): boolean {
  if (kind !== attestKind || step !== 'attest' || state !== 'final') return false;
  return !attested.some(({ by }) => by === person);
}

function followers({ subject, opened_by: opener }: Case): readonly Addressee[] {
  return [subject, opener].map((person) => ({ kind: caseKind, person }));
}

/** Only once it is known whether the manager is new. An incident is nothing to vouch for: security looks into it. */
async function vouching(services: HouseServices, one: Case): Promise<readonly Addressee[]> {
  if (one.state !== 'attest' || one.kind === 'not-me' || one.about.flags === undefined) return [];
  return (await attestersOf(services, one)).map(({ id: person }) => ({ kind: attestKind, person }));
}

/** Where somebody else may hold the device, sessions are ended before anybody has vouched. */
async function issuing(services: HouseServices, one: Case): Promise<readonly Addressee[]> {
  const now = one.state === 'issue' || (one.state === 'attest' && isUrgent(one));
  if (!now) return [];
  return (await issuersOf(services, one)).map(({ id: person }) => ({ kind: issueKind, person }));
}

export function isUrgent({ kind }: Pick<Case, 'kind'>): boolean {
  return kind === 'stolen' || kind === 'not-me';
}

async function told(
  services: HouseServices,
  one: Case,
  busy: ReadonlySet<string>,
): Promise<readonly Addressee[]> {
  const reader = services.graph.reader(services.ids.guid());
  const { helpDesk, security } = services.policy.recovery;
  const tell = async (why: string, ids: readonly string[]): Promise<readonly Addressee[]> =>
    (await peopleAmong(reader, ids))
      .filter(({ id, enabled, guest }) => enabled && !guest && id !== one.subject)
      .map(({ id: person }) => ({ kind: toldKind, person, why }));
  const all: Addressee[] = [];
  // Whoever is asked to do something about it knows it from there, and who that is shows after a look.
  if (isUrgent(one) || (one.privileged === 1 && one.about.flags !== undefined))
    all.push(...(await tell('opened', security)).filter(({ person }) => !busy.has(person)));
  if (one.state === 'refused') all.push(...(await tell('refused', security)));
  if (one.closed_at === 0 && one.escalated > 0) {
    const further = one.escalated > 1 ? security : [];
    all.push(...(await tell(`stalls-${one.state}-${one.escalated}`, [...helpDesk, ...further])));
  }
  if (one.state === 'closed') {
    all.push(...(await tell('closed', security)));
    all.push(...(await managerTold(services, one)));
  }
  return all;
}

/** Once it is over; a new manager could be whoever is behind it. */
async function managerTold(services: HouseServices, one: Case): Promise<readonly Addressee[]> {
  const reader = services.graph.reader(services.ids.guid());
  if (await isManagerNew(services, reader, one, false)) return [];
  const manager = await managerOf(reader, one.subject);
  if (manager === undefined || !(await userById(reader, manager.id)).enabled) return [];
  return [{ kind: toldKind, person: manager.id, why: 'closed' }];
}
