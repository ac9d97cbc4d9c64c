import type { Log } from '../../../base/log.js';
import {
  decisionPages,
  type InstanceInfo,
  type ReviewInfo,
  type ReviewPlace,
} from '../../../graph/access-review.js';
import { groupById } from '../../../graph/directory.js';
import { packageById, packagesGranting } from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { groupOwners } from '../../../graph/membership.js';
import { roleById } from '../../../graph/roles.js';
import type { About } from '../packets.js';

export interface Described {
  readonly info: ReviewInfo;
  readonly instance: InstanceInfo;
  readonly place: ReviewPlace;
}

type Subject = Pick<About, 'catalogId' | 'name' | 'description' | 'owners' | 'noOwner' | 'noDescription'>;

/** What a review is about, in the words of the directory. What cannot be read is left empty: a card without it is still a card. */
export async function describe(
  log: Log,
  reader: GraphReader,
  { info, instance, place }: Described,
): Promise<Omit<About, 'stageNumber' | 'stageCount' | 'total'>> {
  const scope = instance.scope.kind === 'other' ? info.scope : instance.scope;
  const [subject, wayBack] = await Promise.all([
    attempt(log, () => subjectOf(reader, scope), nothing),
    attempt(log, () => wayBackTo(reader, scope), ''),
  ]);
  const name = subject.name === '' ? await attempt(log, () => nameInItems(reader, place), '') : subject.name;
  return {
    review: info.name,
    note: info.description,
    selfReview: info.selfReview,
    createdById: info.createdBy?.id ?? '',
    createdByName: info.createdBy?.name ?? '',
    ...scope,
    ...subject,
    name: name === '' ? info.name : name,
    wayBack: scope.kind === 'package' ? name : wayBack,
  };
}

const nothing: Subject = { name: '', description: '', owners: [], noOwner: false, noDescription: false };

async function subjectOf(reader: GraphReader, { kind, id }: ReviewInfo['scope']): Promise<Subject> {
  switch (kind) {
    case 'group':
    case 'pim-group': {
      const [group, owners] = await Promise.all([groupById(reader, id), ownersOf(reader, id)]);
      const { name, description } = group;
      const names = owners?.map((owner) => owner.name) ?? [];
      return { ...texts(name, description), owners: names, noOwner: owners?.length === 0 };
    }
    case 'package': {
      const offer = await packageById(reader, id);
      return { ...nothing, ...texts(offer.name, offer.description), catalogId: offer.catalogId };
    }
    case 'role': {
      const role = await roleById(reader, id);
      return { ...nothing, ...texts(role.name, role.description) };
    }
    default:
      return nothing;
  }
}

/** Looked up once a review: Graph can only list all packages, and nobody should wait for that at every person. */
async function wayBackTo(reader: GraphReader, { kind, id }: ReviewInfo['scope']): Promise<string> {
  if (kind !== 'group' && kind !== 'pim-group') return '';
  return (await packagesGranting(reader, id))[0]?.name ?? '';
}

function texts(name: string, description: string) {
  return { name, description, noDescription: description.trim() === '' };
}

/** Undefined: not ours to see, which is not the same as none. */
function ownersOf(reader: GraphReader, groupId: string) {
  return groupOwners(reader, groupId).catch(() => undefined);
}

/** Every item says of what it is about; in a review of one thing the first speaks for all. */
async function nameInItems(reader: GraphReader, place: ReviewPlace): Promise<string> {
  for await (const page of decisionPages(reader, place)) {
    return page.find(({ resource }) => resource !== undefined)?.resource?.name ?? '';
  }
  return '';
}

async function attempt<Wanted>(log: Log, read: () => Promise<Wanted>, otherwise: Wanted): Promise<Wanted> {
  try {
    return await read();
  } catch (error) {
    log.warn({ error }, 'what a review is about could not be read whole');
    return otherwise;
  }
}
