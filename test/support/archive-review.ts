import { seedByKey } from '../../practice/world/reviews/seeds.js';
import type { RemoteControl } from './remote-control.js';
import { openReviewPortal } from './review-portal.js';

export interface ArchiveDecision {
  readonly id: string;
  readonly justification: string;
  readonly reviewedBy: { readonly displayName: string };
}

type Practice = Pick<RemoteControl, 'get'> & { readonly url: string };

const definition = seedByKey('archive')?.definition.id ?? '';
const reviewer = 'appowner';
const page = 100;

async function instanceOf({ get }: Practice): Promise<string> {
  const reviews = await get<readonly { key: string; instanceId: string }[]>('/reviews');
  return reviews.find(({ key }) => key === 'archive')?.instanceId ?? '';
}

/** Everybody whose removal from the research archive Entra has recorded. */
export async function removedFromArchive(practice: Practice): Promise<readonly ArchiveDecision[]> {
  const mine = `/${definition}/instances/${await instanceOf(practice)}/decisions/filterByCurrentUser(on='reviewer')`;
  const all: ArchiveDecision[] = [];
  for (let skip = 0; ; skip += page) {
    const query = `$filter=decision eq 'Deny'&$top=${page}&$skip=${skip}`;
    const { value } = await openReviewPortal(practice.url).graph<{ value: readonly ArchiveDecision[] }>(
      reviewer,
      'GET',
      `${mine}?${query}`,
    );
    all.push(...value);
    if (value.length < page) return all;
  }
}

/** In the portal; by the place in the list, with which the id of every item ends. */
export async function keepInArchive(practice: Practice, index: number): Promise<void> {
  const instance = await instanceOf(practice);
  const portal = openReviewPortal(practice.url);
  const [first] = await portal.mine(reviewer, definition, instance);
  const id = `${first?.id.slice(0, 24)}${index.toString(16).padStart(12, '0')}`;
  const kept = { decision: 'Approve', justification: 'Still writes the final report' };
  await portal.decide(reviewer, { definition, instance, id }, kept);
}
