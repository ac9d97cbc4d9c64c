import { z } from 'zod/v4';
import { groupMembers } from './directory.js';
import { list } from './fields.js';
import type { GraphReader } from './graph.js';
import { groupOwners } from './membership.js';
import { instancePath, type ReviewPlace } from './review-place.js';
import { segment } from './url.js';

const queries = list(z.object({ query: z.string() }).transform(({ query }) => query));
const stageShape = z.object({ reviewers: queries });

/** Ids of those whom a stage names as its reviewers. Managers, and who reviews in their place, are not among them. */
export async function stageReviewers(
  reader: GraphReader,
  place: ReviewPlace & { readonly stageId: string },
  ownersOf: string | undefined,
): Promise<ReadonlySet<string>> {
  const path = `${instancePath(place)}/stages/${segment(place.stageId)}`;
  const { reviewers } = stageShape.parse(await reader.get(path));
  const found = await Promise.all(reviewers.map((query) => peopleOf(reader, query, ownersOf)));
  return new Set(found.flat());
}

const named = /^(?:\/(?:v1\.0|beta))?\/(users|groups)\/([\w-]+)(?:\/(\w+))?/i;

async function peopleOf(
  reader: GraphReader,
  query: string,
  ownersOf: string | undefined,
): Promise<readonly string[]> {
  const [, kind = '', id = '', part = ''] = named.exec(query) ?? [];
  if (kind.toLowerCase() === 'users') return [id.toLowerCase()];
  const group = kind === '' && query === './owners' ? ownersOf : id;
  if (group === undefined || group === '') return [];
  const isOwners = query === './owners' || part.toLowerCase() === 'owners';
  const people = isOwners ? await groupOwners(reader, group) : await groupMembers(reader, group);
  return people.map((person) => person.id);
}
