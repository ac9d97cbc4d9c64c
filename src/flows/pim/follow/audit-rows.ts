import { minute } from '../../../base/clock.js';
import { type AuditRow, pimRowsSince } from '../../../graph/directory-audits.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { Target } from '../../../graph/pim/activating.js';
import type { ActivationRow } from '../../../store/schema.js';
import { nobody, type Verdict } from '../activations.js';

/** What the audit log of Entra tells of one request, however many lines that took. */
export interface Heard {
  readonly requestId: string;
  readonly kind: Target['kind'];
  readonly targetId: string;
  readonly name: string;
  /** `member` or `owner` of a group; of everything else the log does not name the place. */
  readonly access: string;
  readonly personId: string;
  readonly personName: string;
  readonly state: Exclude<ActivationRow['state'], 'ready'>;
  readonly at: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly reason: string;
  readonly system: string;
  readonly number: string;
  /** Somebody has to approve it, or had to. */
  readonly approval: boolean;
  readonly verdict: Verdict;
}

/** In the order in which one can follow the other at the same moment. */
const activities: readonly { readonly says: RegExp; readonly state: Heard['state'] }[] = [
  { says: /\brequested \(PIM activation\)/i, state: 'asked' },
  { says: /\brequest approved \(PIM activation\)/i, state: 'scheduled' },
  { says: /\bcompleted \(PIM activation\)/i, state: 'active' },
  { says: /\brequest denied \(PIM activation\)/i, state: 'denied' },
  { says: /\bcancell?ed \(PIM activation\)/i, state: 'cancelled' },
];

const rank = (row: AuditRow): number => activities.findIndex(({ says }) => says.test(row.activity));

function stateIn(row: AuditRow): Heard['state'] {
  return activities[rank(row)]?.state ?? 'asked';
}

/** An end is a request of its own, or nobody's: it only names whose role it was. */
export interface HeardEnd {
  readonly at: number;
  readonly personId: string;
  readonly kind: Heard['kind'];
  readonly targetId: string;
  /** `member` or `owner` of a group. */
  readonly access: string;
  readonly by: 'time' | 'self' | 'other';
}

const ends = /\(PIM activation expired\)|\bcompleted \(PIM deactivat/i;

export function endsIn(rows: readonly AuditRow[]): readonly HeardEnd[] {
  return rows.flatMap((row) => {
    const person = row.targets.find(({ type }) => type === 'User');
    const target = targetIn(row);
    const kind = kinds[row.category.toLowerCase()];
    if (!row.ok || !ends.test(row.activity) || !person || !target || kind === undefined) return [];
    const by = /expired\)/i.test(row.activity) ? 'time' : row.by?.id === person.id ? 'self' : 'other';
    const at = Date.parse(row.at);
    return [{ at, kind, personId: person.id, targetId: target.id, access: accessIn(row), by }];
  });
}

/** One for each request that the lines are about. */
export function heardIn(rows: readonly AuditRow[]): readonly Heard[] {
  const byRequest = new Map<string, AuditRow[]>();
  for (const row of rows) {
    const id = requestIdOf(row);
    // A request that was refused is none; one that could not be carried out has failed.
    if (id === '' || rank(row) < 0 || (!row.ok && stateIn(row) !== 'active')) continue;
    byRequest.set(id, [...(byRequest.get(id) ?? []), row]);
  }
  return [...byRequest].flatMap(([id, lines]) => storyOf(id, lines));
}

function storyOf(requestId: string, lines: readonly AuditRow[]): readonly Heard[] {
  const story = [...lines].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || rank(a) - rank(b));
  const [first] = story;
  const last = story.at(-1);
  const target = first && targetIn(first);
  const person = first?.targets.find(({ type }) => type === 'User');
  const kind = first && kinds[first.category.toLowerCase()];
  if (!first || !last || !target || !person || kind === undefined) return [];
  const decided = story.find((row) => /\brequest (approved|denied) /i.test(row.activity));
  const details = Object.assign({}, ...story.map((row) => row.details));
  return [
    {
      requestId,
      kind,
      targetId: target.id,
      name: target.name,
      access: accessIn(first),
      personId: person.id,
      personName: person.name,
      state: last.ok ? stateIn(last) : 'failed',
      at: Date.parse(first.at),
      startsAt: Date.parse(details.StartTime ?? '') || 0,
      endsAt: Date.parse(details.ExpirationTime ?? '') || 0,
      reason: details.Justification ?? '',
      system: details.TicketSystem ?? '',
      number: details.TicketNumber ?? '',
      approval: decided !== undefined || story.some((row) => /\bapproval requested /i.test(row.activity)),
      verdict: verdictIn(decided),
    },
  ];
}

function verdictIn(row: AuditRow | undefined): Verdict {
  if (row === undefined) return nobody;
  return { byId: row.by?.id ?? '', byName: row.by?.name ?? '', at: row.at, comment: row.reason };
}

const kinds: Readonly<Record<string, Heard['kind']>> = {
  rolemanagement: 'role',
  groupmanagement: 'group',
  resourcemanagement: 'azure',
};

function targetIn({ targets, category }: AuditRow) {
  const wanted = category.toLowerCase() === 'groupmanagement' ? 'Group' : 'Role';
  return targets.find(({ type }) => type === wanted);
}

/** A group's log line names the role in it, `Member` or `Owner`. */
function accessIn({ targets, category }: AuditRow): string {
  if (category.toLowerCase() !== 'groupmanagement') return '';
  return targets.some(({ type, name }) => type === 'Role' && /owner/i.test(name)) ? 'owner' : 'member';
}

function requestIdOf({ details, targets }: AuditRow): string {
  const told = details.RoleAssignmentRequestId ?? targets.find(({ type }) => type === 'Request')?.id ?? '';
  return told.toLowerCase();
}

/** What became of a request that this person made for this role since then: the newest one. */
export async function lastHeard(
  reader: GraphReader,
  asked: Target & { readonly personId: string },
  since: number,
): Promise<Heard | undefined> {
  const rows: AuditRow[] = [];
  for await (const page of pimRowsSince(reader, new Date(since - minute))) rows.push(...page);
  const id = asked.id.split('/').at(-1)?.toLowerCase();
  return heardIn(rows).findLast(
    (heard) =>
      (heard.access === '' || heard.access === asked.scope) &&
      heard.personId === asked.personId &&
      heard.kind === asked.kind &&
      heard.targetId.split('/').at(-1) === id,
  );
}
