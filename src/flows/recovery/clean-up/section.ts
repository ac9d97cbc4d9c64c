import { z } from 'zod/v4';
import type { ClaimRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import type { CleanUpPart } from '../cards/clean-up-views.js';
import { type Case, isOpen, itemOf } from '../cases.js';
import { deniedIn } from '../changes/rows.js';
import { inWrongHands } from './in-wrong-hands.js';

/** As names, because the effects themselves show the card that this is a part of. */
const steps = { remove: 'recovery.remove', revoke: 'recovery.revoke', ownSignOut: 'recovery.sign-out' };

const namedAtMost = 8;

const removal = z.object({ method: z.object({ id: z.string(), text: z.string() }) });

/** From what was claimed and settled alone: nothing is read from Entra for a picture. */
export async function cleanUpSection(services: HouseServices, one: Case): Promise<CleanUpPart> {
  const [claims, after] = await Promise.all([stepsOf(services, one), deniedAt(services, one)]);
  const removals = claims
    .filter(({ effect }) => effect === steps.remove)
    .map((claim) => ({ claim, ...removal.parse(JSON.parse(claim.args)).method }));
  const newest = new Map(removals.map((each) => [each.id, each]));
  const of = (state: ClaimRow['state']) => [...newest.values()].filter(({ claim }) => claim.state === state);
  const removed = of('done').map(({ text, claim }) => ({
    name: text,
    at: isoOf(claim),
    by: claim.actor_name,
  }));
  const act = services.policy.flows.recovery === 'act' && isOpen(one);
  const vouched = one.state !== 'attest';
  const urgent = inWrongHands(one);
  return {
    // Of a first day nothing is left when it is over.
    shown: (vouched && (isOpen(one) || one.kind !== 'starter')) || urgent || removed.length > 0,
    first: !vouched && urgent,
    wrongHands: urgent,
    ...sessionsOf(one, claims, after),
    removed: removed.slice(-namedAtMost),
    moreRemoved: Math.max(0, removed.length - namedAtMost),
    failed: of('void')
      .map(({ text }) => text)
      .join(', '),
    underWay: of('claimed')
      .map(({ text }) => text)
      .join(', '),
    handled: isHandled(one),
    over: !isOpen(one),
    passkeySeen: one.about.passkey !== '',
    deviceBound: one.privileged === 1,
    canRevoke: act && (vouched || urgent),
    canRemove: act && (vouched || one.kind === 'not-me') && one.kind !== 'starter',
  };
}

/** Somebody who starts has lost nothing. */
export function isHandled({ cleaned, kind }: Pick<Case, 'cleaned' | 'kind'>): boolean {
  return cleaned === 1 || kind === 'starter';
}

/** Whether sessions have ended since the case was opened, where they have to. */
export async function areSessionsOver(services: HouseServices, one: Case): Promise<boolean> {
  return !inWrongHands(one) || (await sessionsFor(services, one)).signedOutAt !== '';
}

/** Whether whoever it is about was signed out everywhere, and by whom. */
export async function sessionsFor(services: HouseServices, one: Case) {
  const [claims, after] = await Promise.all([stepsOf(services, one), deniedAt(services, one)]);
  return sessionsOf(one, claims, after);
}

/** Who was signed out before “that was not me” may be in again. 0: nothing was denied. */
async function deniedAt(services: HouseServices, { id }: Case): Promise<number> {
  return Math.max(0, ...(await deniedIn(services, id)).map(({ answered_at: at }) => at));
}

function sessionsOf({ subject }: Case, claims: readonly ClaimRow[], after: number) {
  const own = claims.filter(
    ({ effect, created_at: at }) => at >= after && (effect === steps.revoke || effect === steps.ownSignOut),
  );
  const done = own.filter(({ state }) => state === 'done').at(-1);
  return {
    signedOutAt: done === undefined ? '' : isoOf(done),
    signedOutBy: done === undefined || done.actor_id === subject ? '' : done.actor_name,
    signingOut: own.some(({ state }) => state === 'claimed'),
  };
}

function isoOf({ settled_at, created_at }: ClaimRow): string {
  return new Date(settled_at ?? created_at).toISOString();
}

/** Oldest first. */
function stepsOf({ store }: HouseServices, { id }: Case): Promise<readonly ClaimRow[]> {
  return store.db
    .selectFrom('claims')
    .selectAll()
    .where('item', '=', itemOf(id))
    .where('effect', 'in', Object.values(steps))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}
