import { sql } from 'kysely';
import { record } from '../audit/record.js';
import { minute } from '../base/clock.js';
import { canonicalJson, type Json } from '../base/json.js';
import { enqueue } from '../jobs/enqueue.js';
import type { ClaimRow } from '../store/schema.js';
import type { Tx } from '../store/store.js';
import type { ClaimKey, Effect } from './effect.js';
import type { HouseServices, Turn } from './turn.js';

/**
 * Longer than a write with all its tries, and renewed while the process lives. One that stood still may lose its claim;
 * settleClaim copes.
 */
export const leaseMs = minute;

export interface NewClaim {
  readonly key: ClaimKey;
  readonly effect: string;
  readonly args: Json;
  readonly cardRef: string;
  readonly basis: readonly string[];
}

export type Claimed =
  | { readonly kind: 'mine'; readonly claim: ClaimRow }
  | { readonly kind: 'taken'; readonly claim: ClaimRow };

/** Durable before anything is done: the claim, its line in the record and the job that heals it, or none of them. */
export async function takeClaim(turn: Turn, wanted: NewClaim): Promise<Claimed> {
  for (;;) {
    const claimed = await tryToClaim(turn, wanted);
    if (claimed !== undefined) return claimed;
  }
}

/** Undefined: somebody held it and gave it back between our two statements, so it may be free now. */
function tryToClaim(turn: Turn, wanted: NewClaim): Promise<Claimed | undefined> {
  const row = claimRow(turn, wanted);
  return turn.services.store.write(async (tx) => {
    const inserted = await tx
      .insertInto('claims')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted === undefined) {
      const claim = await holder(tx, wanted.key);
      return claim && { kind: 'taken', claim };
    }
    await record(tx, turn.services.clock, {
      kind: 'action.decided',
      actor: row.actor_id,
      item: row.item,
      reference: row.reference,
      data: {
        effect: row.effect,
        stage: row.stage,
        action: row.action,
        basis: wanted.basis,
        args: wanted.args,
      },
    });
    await enqueue(tx, turn.services.clock, {
      kind: 'claim.reconcile',
      key: `reconcile:${row.id}`,
      payload: { claim: row.id },
      runAt: new Date(row.lease_until),
    });
    return { kind: 'mine', claim: row };
  });
}

function claimRow(turn: Turn, wanted: NewClaim): ClaimRow {
  const now = turn.services.clock.now().getTime();
  return {
    id: turn.services.ids.guid(),
    ...wanted.key,
    effect: wanted.effect,
    state: 'claimed',
    actor_id: turn.actor.objectId,
    actor_name: turn.actor.name,
    args: canonicalJson(wanted.args),
    card_ref: wanted.cardRef,
    reference: turn.reference,
    lease_owner: turn.services.owner,
    lease_until: now + leaseMs,
    receipt: null,
    created_at: now,
    settled_at: null,
  };
}

/** The same step first; otherwise another step of the same item that is under way and shuts this one out. */
async function holder(tx: Tx, key: ClaimKey): Promise<ClaimRow | undefined> {
  const rows = await tx
    .selectFrom('claims')
    .selectAll()
    .where('item', '=', key.item)
    .where('action', '=', key.action)
    .where('state', '<>', 'void')
    .execute();
  return rows.find((row) => row.stage === key.stage) ?? rows.find((row) => row.state === 'claimed');
}

export async function renewClaim({ store, clock }: HouseServices, claim: ClaimRow): Promise<void> {
  await store.write((tx) =>
    tx
      .updateTable('claims')
      .set({ lease_until: clock.now().getTime() + leaseMs })
      .where('id', '=', claim.id)
      .where('state', '=', 'claimed')
      .where('lease_owner', '=', claim.lease_owner)
      .execute(),
  );
}

/** Who took exactly this step and did not give it back. */
export function claimOfStep(services: HouseServices, key: ClaimKey): Promise<ClaimRow | undefined> {
  return services.store.db
    .selectFrom('claims')
    .selectAll()
    .where('item', '=', key.item)
    .where('stage', '=', key.stage)
    .where('action', '=', key.action)
    .where('state', '<>', 'void')
    .executeTakeFirst();
}

export async function claimById(services: HouseServices, id: string): Promise<ClaimRow | undefined> {
  return services.store.db.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * Whoever acted and has read back what Entra recorded is right, even if its lease ran out and another process, finding
 * no trace yet, gave the claim back: then the record is completed, and everybody's card with it.
 */
export function settleClaim(
  services: HouseServices,
  effect: Effect,
  claim: ClaimRow,
  outcome: { readonly receipt: Json; readonly healed: boolean },
): Promise<boolean> {
  return services.store.write(async (tx) => {
    const settled = await closeClaim(tx, services, claim, { state: 'done', receipt: outcome.receipt });
    if (!settled && (outcome.healed || (await isDone(tx, claim)))) return false;
    await record(tx, services.clock, {
      kind: 'action.recorded',
      actor: outcome.healed ? 'latchkey' : claim.actor_id,
      item: claim.item,
      reference: claim.reference,
      data: { effect: claim.effect, receipt: outcome.receipt, healed: outcome.healed },
    });
    await effect.settled(tx, services, claim, outcome);
    return true;
  });
}

/** Gives the claim back: nothing was changed in Entra, and the same button works again. */
export function voidClaim(
  services: HouseServices,
  claim: ClaimRow,
  why: { readonly kind: 'failed'; readonly code: string } | { readonly kind: 'not-done' },
  also: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<boolean> {
  const common = { item: claim.item, reference: claim.reference };
  return services.store.write(async (tx) => {
    if (!(await closeClaim(tx, services, claim, { state: 'void', receipt: null }))) return false;
    await record(
      tx,
      services.clock,
      why.kind === 'failed'
        ? {
            ...common,
            kind: 'action.failed',
            actor: claim.actor_id,
            data: { effect: claim.effect, code: why.code },
          }
        : { ...common, kind: 'action.not-done', actor: 'latchkey', data: { effect: claim.effect } },
    );
    await also(tx);
    return true;
  });
}

async function isDone(tx: Tx, claim: ClaimRow): Promise<boolean> {
  const row = await tx.selectFrom('claims').select('state').where('id', '=', claim.id).executeTakeFirst();
  return row?.state === 'done';
}

async function closeClaim(
  tx: Tx,
  services: HouseServices,
  claim: ClaimRow,
  to: { readonly state: 'done' | 'void'; readonly receipt: Json },
): Promise<boolean> {
  const closed = await tx
    .updateTable('claims')
    .set({
      state: to.state,
      receipt: to.receipt === null ? null : canonicalJson(to.receipt),
      settled_at: services.clock.now().getTime(),
    })
    .where('id', '=', claim.id)
    .where('state', '=', 'claimed')
    .executeTakeFirst();
  if (closed.numUpdatedRows !== 1n) return false;
  // A settled claim has nothing left to heal; its job would only look and go.
  await tx
    .deleteFrom('jobs')
    .where('key', '=', `reconcile:${claim.id}`)
    // A literal: with a parameter SQLite does not see that the partial index is meant.
    .where('state', '=', sql.lit('waiting'))
    .where('lease_owner', 'is', null)
    .execute();
  return true;
}
