import type { TemporaryAccessPassAuthenticationMethod } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { because } from '../../identity/because.js';
import { collect } from '../collect.js';
import { graphError } from '../errors.js';
import type { Shape } from '../fields.js';
import type { GraphAs, GraphReader } from '../graph.js';
import { segment } from '../url.js';
import { asPass, type Pass } from './pass.js';
import { authenticationOf } from './sign-in-methods.js';

function passesPath(personId: string): string {
  return `${authenticationOf(personId)}/temporaryAccessPassMethods`;
}

/** At most one of them is usable; those that were used or are over stay listed until somebody removes them. */
export async function passesOf(graph: GraphAs | GraphReader, personId: string): Promise<readonly Pass[]> {
  return collect(graph.pages(passesPath(personId)), asPass);
}

export interface NewPass {
  readonly personId: string;
  readonly minutes: number;
  readonly once: boolean;
  /** Told the code, once, and nobody else is: it is in nothing that comes back or is thrown. */
  readonly hear: (code: string) => void;
}

/**
 * Replaces a pass that is still usable. `graph.fate-unknown`: there may be a pass now whose code nobody knows, and the
 * caller looks for it and deletes it. It is deliberately not sent again, with or without having been looked for: had
 * the lost one landed late, it would replace the second, and the code that was read out would open nothing.
 */
export async function createPass(graph: GraphAs, { personId, minutes, once, hear }: NewPass): Promise<Pass> {
  const body = { lifetimeInMinutes: minutes, isUsableOnce: once };
  const answer = await graph.post<unknown>(passesPath(personId), body);
  const made = madeShape.safeParse(answer);
  if (!made.success)
    throw graphError('graph.fate-unknown', because('a pass was made, but no code came with it'));
  const pass = asPass(answer);
  hear(made.data.temporaryAccessPass);
  return pass;
}

const madeShape = z.object({
  id: z.string().min(1),
  temporaryAccessPass: z.string().min(1),
} satisfies Shape<TemporaryAccessPassAuthenticationMethod>);

export async function deletePass(
  graph: GraphAs,
  {
    personId,
    passId,
    landed,
  }: { readonly personId: string; readonly passId: string; readonly landed: () => Promise<boolean> },
): Promise<void> {
  await graph.delete(`${passesPath(personId)}/${segment(passId)}`, { landed });
}
