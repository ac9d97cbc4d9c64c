import type { SignInActivity, User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { type Shape, text } from './fields.js';
import type { GraphReader } from './graph.js';
import { listsOf } from './list-from.js';
import { parseAs } from './parse.js';
import { relativeUrl } from './url.js';

/** When somebody last signed in to anything. */
export type SignIn =
  | { readonly kind: 'at'; readonly at: string }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' };

export interface Seen {
  readonly name: string;
  readonly guest: boolean;
  readonly signIn: SignIn;
}

/** Graph takes fifteen values in one list of a filter. */
const mostInOneFilter = 15;
const fields = 'id,displayName,userType';

/** By person, lower case. Where sign-ins cannot be had, who is a guest still can; whoever cannot be read is left out. */
export async function lastSignIns(
  reader: GraphReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Seen>> {
  const wanted = [...new Set(ids.filter((id) => id !== '').map((id) => id.toLowerCase()))];
  const chunks = Array.from({ length: Math.ceil(wanted.length / mostInOneFilter) }, (_, index) =>
    wanted.slice(index * mostInOneFilter, (index + 1) * mostInOneFilter),
  );
  const whole = await peopleIn(reader, chunks, `${fields},signInActivity`, asSeen);
  const missing = chunks.filter((chunk) => !whole.has(keyOf(chunk)));
  // Sign-ins take a licence and a permission of their own.
  const rest = await peopleIn(reader, missing, fields, asUnknown);
  return new Map([...whole.values(), ...rest.values()].flat().map(({ id, seen }) => [id, seen]));
}

interface One {
  readonly id: string;
  readonly seen: Seen;
}

function peopleIn(
  reader: GraphReader,
  chunks: readonly (readonly string[])[],
  select: string,
  parse: (user: unknown) => One,
): Promise<ReadonlyMap<string, readonly One[]>> {
  if (chunks.length === 0) return Promise.resolve(new Map());
  const paths = chunks.map((chunk) => {
    const listed = chunk.map((id) => `'${id.replaceAll("'", "''")}'`).join(',');
    return [keyOf(chunk), relativeUrl('/users', { $filter: `id in (${listed})`, $select: select })] as const;
  });
  return listsOf(reader, new Map(paths), parse);
}

function keyOf([first = '']: readonly string[]): string {
  return first;
}

const activityShape = z.object({
  lastSignInDateTime: text,
  lastNonInteractiveSignInDateTime: text,
  lastSuccessfulSignInDateTime: text,
} satisfies Shape<SignInActivity>);

const userShape = z.object({
  id: z.string().min(1),
  displayName: text,
  userType: text,
  signInActivity: activityShape.optional().catch(undefined),
} satisfies Shape<User>);

const asUser = parseAs(userShape, 'user');

/** Exported for its tests: what Graph leaves out counts as well. */
export function asSeen(user: unknown): One {
  const { id, displayName: name, userType, signInActivity } = asUser(user);
  const guest = userType.toLowerCase() === 'guest';
  return { id: id.toLowerCase(), seen: { name, guest, signIn: signInOf(signInActivity) } };
}

function asUnknown(user: unknown): One {
  const { id, seen } = asSeen(user);
  return { id, seen: { ...seen, signIn: { kind: 'unknown' } } };
}

/**
 * The last one that succeeded, or, from before Entra kept that, the last try. Whoever never signed in has none of
 * them, or the first day of all days.
 */
function signInOf(activity: z.infer<typeof activityShape> | undefined): SignIn {
  if (activity === undefined) return { kind: 'never' };
  const { lastSignInDateTime, lastNonInteractiveSignInDateTime, lastSuccessfulSignInDateTime } = activity;
  const tries = [lastSignInDateTime, lastNonInteractiveSignInDateTime].filter(isMoment).sort(byTime);
  const at = isMoment(lastSuccessfulSignInDateTime) ? lastSuccessfulSignInDateTime : tries.at(-1);
  return at === undefined ? { kind: 'never' } : { kind: 'at', at };
}

function isMoment(at: string): boolean {
  return Date.parse(at) > 0;
}

function byTime(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}
