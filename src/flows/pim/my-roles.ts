import { second } from '../../base/clock.js';
import { isAppError } from '../../base/errors.js';
import { within } from '../../base/sleep.js';
import { graphError } from '../../graph/errors.js';
import type { Asked, Eligibility, Holding, Target, TargetKind } from '../../graph/pim/activating.js';
import { activatingOf, withGroupNames, withNames } from '../../graph/pim/kinds.js';
import type { Turn } from '../turn.js';
import type { RolesView } from './cards/views.js';
import { kindsOn, serviceOf } from './switched-on.js';
import { sameTarget } from './target.js';

type Missing = RolesView['missing'];

export interface MyRoles {
  readonly eligible: readonly Eligibility[];
  readonly held: readonly Holding[];
  readonly asked: readonly Asked[];
  /** What could not be read just now: the rest is shown all the same. */
  readonly missing: Missing;
}

/** Everything of one person, in the three services, with their own token. */
export async function readMyRoles(turn: Turn): Promise<MyRoles> {
  const parts = await eachKind(turn, async (kind) => {
    const { eligible, held, mine } = activatingOf(kind);
    const [could, has, asked] = await Promise.all([eligible(turn.graph), held(turn.graph), mine(turn.graph)]);
    return { eligible: could, held: has, asked };
  });
  // A person's own token need not be allowed to read groups; the bot's is.
  const reader = turn.services.graph.reader(turn.reference);
  const [eligible, held, asked] = await Promise.all([
    withGroupNames(
      reader,
      parts.found.flatMap((part) => part.eligible),
    ),
    withGroupNames(
      reader,
      parts.found.flatMap((part) => part.held),
    ),
    withNames(
      reader,
      parts.found.flatMap((part) => part.asked),
    ),
  ]);
  return { eligible, held, asked, missing: parts.missing };
}

/** All that waits for this person's approval. */
export async function readWaiting(
  turn: Turn,
): Promise<{ readonly requests: readonly Asked[]; readonly missing: Missing }> {
  const { found, missing } = await eachKind(turn, (kind) => activatingOf(kind).waiting(turn.graph));
  const reader = turn.services.graph.reader(turn.reference);
  return { requests: await withNames(reader, found.flat()), missing };
}

/** The kinds that are switched on. One that cannot be read leaves a word on the card and nothing more. */
async function eachKind<T>(
  turn: Turn,
  read: (kind: TargetKind) => Promise<T>,
): Promise<{ readonly found: readonly T[]; readonly missing: Missing }> {
  const found: T[] = [];
  const missing: { -readonly [Kind in keyof Missing]: Missing[Kind] } = { role: '', group: '', azure: '' };
  const problems = await Promise.all(
    kindsOn(turn.services).map(async (kind) => {
      try {
        found.push(await inTime(turn, read(kind)));
      } catch (error) {
        return { kind, error };
      }
      return undefined;
    }),
  );
  for (const problem of problems) {
    if (problem === undefined) continue;
    const { kind, error } = problem;
    // Signing in helps all three; only Azure can be missing its consent alone, where nobody there uses it.
    const wantsSignIn = isAppError(error) && error.retry === 'sign-in';
    const noConsent = isAppError(error) && error.code === 'identity.consent-needed';
    if (wantsSignIn && !(kind === 'azure' && noConsent)) throw error;
    turn.services.log.warn({ error, kind, reference: turn.reference }, 'roles of one kind could not be read');
    if (kind === 'azure') missing.azure = noConsent ? 'consent' : 'trouble';
    else missing[kind] = 'trouble';
  }
  return { found, missing };
}

/** Whoever does not answer is left out; the rest must be shown while its reader still waits. */
async function inTime<T>({ services, answerBy }: Turn, reading: Promise<T>): Promise<T> {
  const ms = Math.max(second, answerBy - services.clock.now().getTime() - 3 * second);
  const afterwards = (error: unknown): void => services.log.debug({ error }, 'a list of roles came too late');
  const read = await within(reading, { ms, sleep: services.sleep, afterwards });
  if (read.kind === 'late') throw graphError('graph.timed-out');
  return read.value;
}

/** One target of this person, as it stands now. */
export interface MyRole {
  readonly eligibility: Eligibility | undefined;
  readonly held: Holding | undefined;
  /** Under way: asked, or accepted for later. */
  readonly open: Asked | undefined;
  /** What made it active. */
  readonly active: Asked | undefined;
  /** Ids of all requests that Entra knows of it: what is new afterwards is ours. */
  readonly known: readonly string[];
}

const underWay = ['waiting', 'scheduled', 'provisioning'];

export async function readMyRole(turn: Turn, target: Target): Promise<MyRole> {
  const service = serviceOf(turn.services, target.kind);
  const [could, has, asked] = await Promise.all([
    service.eligible(turn.graph),
    service.held(turn.graph),
    service.mine(turn.graph),
  ]);
  const same = asked.filter((each) => sameTarget(each.target, target));
  // Of several, the one that was activated: it is the one that can be ended and begun again.
  const all = has.filter((each) => sameTarget(each, target));
  const held = all.find(({ activated }) => activated) ?? all[0];
  const reader = turn.services.graph.reader(turn.reference);
  const [eligibility] = await withGroupNames(
    reader,
    could.filter((each) => sameTarget(each, target)),
  );
  return {
    eligibility,
    held,
    open: same.find(isUnderWay),
    active: held?.activated === true ? same.find((each) => isOf(each, held)) : undefined,
    known: same.map(({ id }) => id),
  };
}

export function isUnderWay({ action, state }: Pick<Asked, 'action' | 'state'>): boolean {
  return action === 'activate' && underWay.includes(state);
}

/** The request that made this holding, where Entra tells as much. */
export function isOf(request: Asked, holding: Holding): boolean {
  if (request.action !== 'activate' || request.state !== 'active') return false;
  if (!sameTarget(request.target, holding)) return false;
  return holding.scheduleId === '' || request.scheduleId === '' || request.scheduleId === holding.scheduleId;
}
