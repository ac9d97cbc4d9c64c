import { minute } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import type { HouseServices } from '../../turn.js';
import type { BoardRow, BoardView } from '../cards/board-views.js';
import { stepWords, whatWords } from '../cards/board-words.js';
import { entraUsers } from '../cards/entra-users.js';
import { spanText } from '../cards/span-text.js';
import { type Case, itemOf, openCases } from '../cases.js';
import { attestKind } from '../follow/card-rows.js';
import { isRed, sortForBoard } from './order.js';

const rowsAtMost = 8;
const namedAtMost = 3;

/** Those that want eyes first, then those that wait longest. */
export async function boardCard(services: HouseServices, person: string, skip: number): Promise<Card> {
  const { block } = services.policy.recovery;
  const all = sortForBoard(block, await openCases(services));
  // Cases end: what was a later page may be none now.
  const from = Math.min(skip, Math.floor(Math.max(0, all.length - 1) / rowsAtMost) * rowsAtMost);
  const page = all.slice(from, from + rowsAtMost);
  const waiting = await waitingFor(services, page);
  const view: BoardView = {
    cases: page.map((one) => rowOf(services, one, { person, waitsFor: waiting.get(one.id) ?? '' })),
    all: all.length,
    red: all.filter((one) => isRed(block, one)).length,
    before: from === 0 ? -1 : Math.max(0, from - rowsAtMost),
    after: from + rowsAtMost < all.length ? from + rowsAtMost : -1,
    portalUrl: entraUsers,
  };
  return { template: 'recovery/board', view };
}

function rowOf(
  { clock, policy }: HouseServices,
  one: Case,
  { person, waitsFor }: { readonly person: string; readonly waitsFor: string },
): BoardRow {
  const now = clock.now().getTime();
  const state = stepOf(one);
  return {
    case: one.id,
    person: one.about.subjectName,
    kind: one.kind,
    state,
    what: whatWords[one.kind],
    step: stepWords[isIncident(one) ? 'incident' : state],
    waitsFor,
    age: spanText(Math.max(minute, now - one.opened_at)),
    still: spanText(Math.max(minute, now - one.changed_at)),
    privileged: one.privileged === 1,
    flags: one.about.flags?.found.length ?? 0,
    red: isRed(policy.recovery.block, one),
    own: one.subject === person,
  };
}

/** Nobody is asked whether it is them: the question is who else it was. */
function isIncident({ kind, state }: Case): boolean {
  return kind === 'not-me' && state === 'attest';
}

function stepOf({ state }: Case): BoardRow['state'] {
  return state === 'issue' || state === 'sign-in' || state === 'clean-up' ? state : 'attest';
}

/** By case: those who were asked to vouch, whoever signs in, or whoever made the pass. */
async function waitingFor(
  services: HouseServices,
  page: readonly Case[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, readonly string[]>();
  for (const one of page) ids.set(one.id, (await personsOf(services, one)).slice(0, namedAtMost));
  const wanted = [...new Set([...ids.values()].flat())];
  if (wanted.length === 0) return new Map();
  const reader = services.graph.reader(services.ids.guid());
  const users = await usersByIds(reader, wanted);
  const nameOf = (id: string): string => {
    const user = users.get(id);
    return user === undefined || user === 'gone' ? '' : user.name;
  };
  return new Map(
    [...ids].map(([id, people]) => [
      id,
      people
        .map(nameOf)
        .filter((name) => name !== '')
        .join(', '),
    ]),
  );
}

async function personsOf(services: HouseServices, one: Case): Promise<readonly string[]> {
  if (one.state === 'sign-in') return [one.subject];
  if (one.state === 'clean-up') return one.issuer === '' ? [] : [one.issuer];
  if (one.state !== 'attest' || isIncident(one)) return [];
  const rows = await services.store.db
    .selectFrom('cards')
    .select('person')
    .where('item', '=', itemOf(one.id))
    .where('kind', '=', attestKind)
    .where('state', '=', 'open')
    .orderBy('created_at')
    .execute();
  return [...new Set(rows.map(({ person }) => person))];
}
