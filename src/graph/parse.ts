import type { z } from 'zod/v4';
import { because } from '../identity/because.js';
import { graphError } from './errors.js';

/** An answer that lacks what we cannot do without is an error here, and not a surprise in a flow. */
export function parseAs<Wanted>(shape: z.ZodType<Wanted>, what: string): (answer: unknown) => Wanted {
  return (answer) => {
    const result = shape.safeParse(answer);
    if (!result.success) throw graphError('graph.broken-answer', because(`not a ${what}`));
    return result.data;
  };
}
