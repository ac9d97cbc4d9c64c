import type { RemoteControl } from './remote-control.js';

export interface StartedReview {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly instanceId: string;
}

/** Begins a review that the practice tenant has planned. */
export async function startReview(
  { post }: Pick<RemoteControl, 'post'>,
  key: string,
): Promise<StartedReview> {
  const all = await post<readonly StartedReview[]>('/reviews/start', { reviews: [key] });
  const found = all.find((review) => review.key === key);
  if (found === undefined) throw new Error(`No review has the key ${key}`);
  return found;
}
