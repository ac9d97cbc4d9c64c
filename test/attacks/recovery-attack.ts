import assert from 'node:assert/strict';
import { readIn } from '../support/pim-card.js';
import { everybody } from '../support/recovery-rows.js';
import type { RecoveryStage } from '../support/recovery-stage.js';
import { until } from '../support/until.js';

export interface Repelled {
  readonly status: number;
  /** What the person reads. */
  readonly text: string;
  readonly code: string | undefined;
  readonly card: unknown;
}

export type Attack = (person: string, verb: string, data: unknown, message?: string) => Promise<Repelled>;

/** What they need is in a log that may be read five times in ten seconds. */
const readsLogs = new Set(['recovery.attest', 'recovery.refuse', 'recovery.issue']);

/**
 * Presses what no card offers, and holds every such press to the same: nothing was asked of Entra that changes
 * something, nothing was begun, nobody's case or pass changed, and the record has one line more, which names whoever
 * pressed.
 */
export function attackOn(stage: RecoveryStage): Attack {
  const plain = new Map<string, string>();
  return async (person, verb, sent, message) => {
    const card = message ?? plain.get(person) ?? (await plainCardOf(stage, person));
    if (message === undefined) plain.set(person, card);
    if (readsLogs.has(verb)) await stage.advance('PT11S');
    const before = await stateOf(stage);
    const answer = await stage.press(person, card, verb, sent as object);
    const after = await stateOf(stage);
    assert.deepEqual(after.writes, before.writes, 'something was written to Entra');
    assert.deepEqual(after.entra, before.entra, 'something changed in Entra');
    assert.equal(after.claims, before.claims, 'something was begun');
    assert.deepEqual(after.cases, before.cases, 'a case was changed');
    const lines = after.refused.slice(before.refused.length);
    assert.equal(
      lines.length,
      1,
      `one line is left in the record: ${JSON.stringify(lines)}; ${readIn(answer)}`,
    );
    assert.equal(lines[0]?.actor, stage.idOf(person), 'the line names whoever pressed');
    return { status: answer.statusCode, text: readIn(answer), code: lines[0]?.code, card: answer.value };
  };
}

/** A message without buttons of this flow that have data: nothing is added to what an attack sends. */
export async function plainCardOf(stage: RecoveryStage, person: string): Promise<string> {
  const { id } = await stage.say(person, 'help');
  return until(`help for ${person}`, async () => {
    const all = await stage.timeline(person);
    const own = all.findIndex((entry) => entry.id === id);
    return all.slice(own + 1).find(({ card }) => card !== undefined)?.id;
  });
}

async function stateOf(stage: RecoveryStage) {
  const { db } = stage.store();
  const claims = await db.selectFrom('claims').select('id').execute();
  const cases = await db.selectFrom('recovery_cases').selectAll().orderBy('id').execute();
  const rows = await db
    .selectFrom('audit')
    .select(['actor', 'data'])
    .where('kind', '=', 'click.refused')
    .orderBy('seq')
    .execute();
  return {
    entra: (await everybody(stage)).map(({ key, methods, passes, sessionsFrom }) => ({
      ...{ key, methods, sessionsFrom },
      passes: passes.map(({ id }) => id),
    })),
    writes: (await stage.sent()).map(({ method, path }) => `${method} ${path}`),
    claims: claims.length,
    cases: cases.map(({ id, state, kind, attested, issuer, pass, removed, cleaned, closed_at }) => ({
      ...{ id, state, kind, attested, issuer, pass, removed, cleaned, closed_at },
    })),
    refused: rows.map(({ actor, data }) => ({ actor, code: String(JSON.parse(data).code) })),
  };
}

/** A card that the bot would never make: somebody found a way to have one of this kind about this case. */
export async function smuggledCard(
  stage: RecoveryStage,
  person: string,
  { kind, item }: { readonly kind: string; readonly item: string },
): Promise<string> {
  const id = stage.idOf(person);
  const ref = `smuggled-${kind}-${person}`;
  const now = (await stage.now()).getTime();
  const card = {
    ref,
    flow: 'recovery',
    kind,
    item,
    person: id,
    purpose: `${kind}:${ref}`,
    state: 'open' as const,
    version: 0,
    shown_version: 0,
    picture: '',
    conversation_id: null,
    activity_id: null,
    created_at: now,
    expires_at: now + 30 * 86_400_000,
  };
  await stage.store().write(async (tx) => {
    await tx.deleteFrom('cards').where('ref', '=', ref).execute();
    await tx.insertInto('cards').values(card).execute();
  });
  return ref;
}
