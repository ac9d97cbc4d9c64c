import { heldById, myHeld, myRequests, requestPages } from '../../../graph/entitlement.js';
import type { GraphAs, GraphReader } from '../../../graph/graph.js';
import { isCurrent, isRemoval } from './read-mine.js';
import type { GiveBackArgs } from './rules.js';

/** What Entra made of it; without an id: the access is gone already. */
export interface Removed {
  readonly requestId: string;
  readonly state: string;
}

const gone: Removed = { requestId: '', state: 'delivered' };

type Asked = Pick<GiveBackArgs, 'assignment' | 'packageId' | 'earlier' | 'personId'>;

/** Seen by whoever gives it back. */
export async function removalOf(graph: GraphAs, asked: Asked): Promise<Removed | undefined> {
  const [request, held] = await Promise.all([ownRemoval(graph, asked), myHeld(graph)]);
  if (request !== undefined) return { requestId: request.id, state: request.state };
  return held.some((each) => each.id === asked.assignment && isCurrent(each)) ? undefined : gone;
}

async function ownRemoval(graph: GraphAs, asked: Asked) {
  return (await myRequests(graph)).find((request) => isRemovalOf(request, asked));
}

/** The same, by the bot itself. `since`: it was not asked for before. */
export async function removalSeen(
  reader: GraphReader,
  asked: Asked,
  since: Date,
): Promise<Removed | undefined> {
  const held = await heldById(reader, asked.assignment);
  if (held === undefined || !isCurrent(held)) return gone;
  for await (const page of requestPages(reader, { packageId: asked.packageId, since })) {
    const request = page.find((each) => each.requestorId === asked.personId && isRemovalOf(each, asked));
    if (request !== undefined) return { requestId: request.id, state: request.state };
  }
  return undefined;
}

interface Seen {
  readonly id: string;
  readonly type: string;
  readonly packageId: string;
  readonly assignmentId: string | undefined;
}

function isRemovalOf(request: Seen, { assignment, packageId, earlier }: Asked): boolean {
  if (!isRemoval(request) || earlier.includes(request.id)) return false;
  return request.assignmentId === undefined
    ? request.packageId === packageId
    : request.assignmentId === assignment;
}
