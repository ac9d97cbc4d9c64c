import type { AccessPackageAssignment } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { because } from '../identity/because.js';
import { subjectShape } from './access-request.js';
import { noSchedule, scheduleShape } from './access-schedule.js';
import { collect, parsed } from './collect.js';
import { equal } from './equal.js';
import { graphError, isNotFound } from './errors.js';
import { id, member, type Shape, text } from './fields.js';
import type { GraphAs, GraphReader } from './graph.js';
import { parseAs } from './parse.js';
import { segment } from './url.js';

/** One assignment: a person has a package, or had it. */
export interface Held {
  readonly id: string;
  /** delivering, partiallyDelivered, delivered, expired, deliveryFailed, or a word that Entra has learned since. */
  readonly state: string;
  /** Finer, and free text: to show, not to branch on. */
  readonly status: string;
  readonly packageId: string;
  readonly packageName: string;
  /** Undefined where the reader may not see policies. */
  readonly policyId: string | undefined;
  /** Empty for a moment after the approval: Entra fills it in later. */
  readonly personId: string;
  readonly personName: string;
  readonly startsAt: string;
  /** Empty: no end. */
  readonly endsAt: string;
}

const path = '/identityGovernance/entitlementManagement/assignments';
const whole = { $expand: 'target,accessPackage,assignmentPolicy' };

const states = ['delivering', 'partiallyDelivered', 'delivered', 'expired', 'deliveryFailed'] as const;

const unnamed = { id: undefined, displayName: '' };

const heldShape = z
  .object({
    id: z.string().min(1),
    state: member(states),
    status: text,
    accessPackage: z.object({ id, displayName: text }).catch(unnamed),
    assignmentPolicy: z.object({ id }).catch({ id: undefined }),
    target: subjectShape,
    schedule: scheduleShape.catch(noSchedule),
    expiredDateTime: text,
  } satisfies Shape<AccessPackageAssignment>)
  .transform(
    (found): Held => ({
      id: found.id.toLowerCase(),
      state: found.state,
      status: found.status,
      packageId: found.accessPackage.id ?? '',
      packageName: found.accessPackage.displayName,
      policyId: found.assignmentPolicy.id,
      personId: found.target.objectId ?? '',
      personName: found.target.displayName,
      startsAt: found.schedule.startsAt,
      // What was ended early has ended then, whatever was planned.
      endsAt: found.expiredDateTime === '' ? found.schedule.endsAt : found.expiredDateTime,
    }),
  );

export const asHeld = parseAs(heldShape, 'assignment of an access package');

/** What this person has and had, in every state. */
export function myHeld(graph: GraphAs): Promise<readonly Held[]> {
  return collect(graph.pages(`${path}/filterByCurrentUser(on='target')`, { query: whole }), asHeld);
}

/** Undefined: Entra does not know it, or not any more. */
export async function heldById(reader: GraphReader, assignmentId: string): Promise<Held | undefined> {
  try {
    return asHeld(await reader.get(`${path}/${segment(assignmentId)}`, { query: whole }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** A page of a long list, and how the next one is asked for; undefined: it was the last. */
export interface HeldPart {
  readonly held: readonly Held[];
  readonly next: Place | undefined;
}

/** What a nextLink says of where it leads on. */
export type Place = Readonly<Record<string, string>>;

const partShape = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().nullish() });

/** Of all that is delivered, or in part, a page at a time: whoever goes through it may be stopped in the middle. */
export async function heldPart(reader: GraphReader, state: HeldState, from: Place = {}): Promise<HeldPart> {
  const query = { ...whole, $filter: equal('state', state) };
  const part = partShape.safeParse(await reader.get(path, { query: { ...query, ...from } }));
  if (!part.success) throw graphError('graph.broken-answer', because('not a page of a collection'));
  const { value, '@odata.nextLink': link } = part.data;
  return { held: value.map(asHeld), next: placeIn(link ?? '') };
}

type HeldState = 'delivered' | 'partiallyDelivered';

/** Only the place is taken from a nextLink: where the list is found is not for its answer to say. */
function placeIn(link: string): Place | undefined {
  if (link === '') return undefined;
  const all = URL.canParse(link) ? [...new URL(link).searchParams] : [];
  const place = all.filter(([name]) => /^\$skip(token)?$/i.test(name));
  if (place.length === 0) throw graphError('graph.broken-answer', because('a nextLink that leads nowhere'));
  return Object.fromEntries(place);
}

/** What is delivered now of one package, page by page. */
export function heldPages(
  reader: GraphReader | GraphAs,
  { packageId }: { readonly packageId: string },
): AsyncGenerator<readonly Held[]> {
  const filter = `${equal('accessPackage/id', packageId)} and ${equal('state', 'delivered')}`;
  return parsed(reader.pages(path, { query: { ...whole, $filter: filter } }), asHeld);
}
