import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import type { HouseServices } from '../../turn.js';
import type { Case } from '../cases.js';
import { flagLines } from './attest-card.js';
import { wayWords } from './board-words.js';
import { entraUser } from './entra-users.js';
import { openerFor } from './opener-for.js';
import type { ToldView } from './told-views.js';

export interface ToldReader {
  readonly person: string;
  /** What made us write: opened, stalls-2, refused or closed. */
  readonly why: string;
}

/** What those read who have nothing to do on the case itself. */
export async function toldCard(
  services: HouseServices,
  one: Case,
  { person, why }: ToldReader,
): Promise<Card> {
  const { about, state, kind } = one;
  const view: ToldView = {
    why: reasonOf(why, one),
    state,
    kind,
    person: about.subjectName,
    openedBy: openerFor(one, person),
    openedAt: new Date(one.opened_at).toISOString(),
    said: about.note,
    privileged: one.privileged === 1,
    since: new Date(one.changed_at).toISOString(),
    vouched: one.attested.map(({ byName, how, note }) => ({ by: byName, how: wayWords[how], wrote: note })),
    issuer: await nameOf(services, one.issuer),
    removed: one.removed.length,
    flags: isForSecurity(why) ? flagLines(one) : [],
    outcome: about.outcome,
    board: one.closed_at === 0,
    portalUrl: entraUser(one.subject),
    reference: shortReference(one.id),
  };
  return { template: 'recovery/told', view };
}

/** The others get theirs beside a help desk or a manager, whom places and signs do not concern. */
function isForSecurity(why: string): boolean {
  return why === 'opened' || why === 'refused';
}

/** What was news once is none any more when the case is over. */
function reasonOf(why: string, { closed_at, about, kind }: Case): ToldView['why'] {
  if (why === 'refused') return 'refused';
  if (closed_at === 0) return why.startsWith('stalls') ? 'stalls' : 'opened';
  if (why !== 'closed' || about.passkey === '') return 'over';
  return kind === 'starter' ? 'first-day' : 'back';
}

async function nameOf(services: HouseServices, id: string): Promise<string> {
  if (id === '') return '';
  const found = (await usersByIds(services.graph.reader(services.ids.guid()), [id])).get(id);
  return found === undefined || found === 'gone' ? '' : found.name;
}
