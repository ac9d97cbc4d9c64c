import { z } from 'zod/v4';
import type { NewJob } from '../../../jobs/job.js';

export const followPayload = z.object({
  instance: z.string(),
  /** Decided here just now, and by whom: their own card is the answer to their press. */
  item: z.string().optional(),
  except: z.string().optional(),
  /** This reader has finished, or has not after all: nobody else's card is touched. */
  person: z.string().optional(),
  /** Something was decided elsewhere. */
  elsewhere: z.literal(true).optional(),
});

export type Follow = z.infer<typeof followPayload>;

/**
 * One waiting job a kind of news: a newer one of the same kind stands for both. News of another kind must not take its
 * place, because each looks for something else.
 */
export function followJob(news: Follow): NewJob {
  const payload = {
    instance: news.instance,
    ...(news.item === undefined ? {} : { item: news.item }),
    ...(news.except === undefined ? {} : { except: news.except }),
    ...(news.person === undefined ? {} : { person: news.person }),
    ...(news.elsewhere === undefined ? {} : { elsewhere: news.elsewhere }),
  };
  return { kind: 'reviews.follow', key: `reviews.follow:${news.instance}:${kindOf(news)}`, payload };
}

function kindOf({ item, except, person, elsewhere }: Follow): string {
  if (elsewhere !== undefined) return 'elsewhere';
  return person === undefined ? (item ?? except ?? '') : `person:${person}`;
}
