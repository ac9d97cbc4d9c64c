import assert from 'node:assert/strict';
import { type PackagesStage, readIn } from '../support/packages-stage.js';
import { until } from '../support/until.js';

export interface Repelled {
  readonly status: number;
  /** What the person reads. */
  readonly text: string;
  readonly code: string | undefined;
  readonly card: unknown;
}

export type Attack = (person: string, verb: string, data: unknown, message?: string) => Promise<Repelled>;

/**
 * Presses what no card offers, and holds every such press to the same: nothing was asked of Entra that changes
 * something, nothing was begun, and the record has one line more, which names whoever pressed.
 */
export function attackOn(stage: PackagesStage): Attack {
  const plain = new Map<string, string>();
  return async (person, verb, sent, message) => {
    const card = message ?? plain.get(person) ?? (await plainCardOf(stage, person));
    if (message === undefined) plain.set(person, card);
    const before = await stateOf(stage);
    const answer = await stage.press(person, card, verb, sent as object);
    const after = await stateOf(stage);
    assert.equal(after.writes, before.writes, 'something was written to Entra');
    assert.equal(after.claims, before.claims, 'something was begun');
    const lines = after.refused.slice(before.refused.length);
    assert.equal(lines.length, 1, `one line is left in the record: ${JSON.stringify(lines)}`);
    assert.equal(lines[0]?.actor, stage.idOf(person), 'the line names whoever pressed');
    return { status: answer.statusCode, text: readIn(answer), code: lines[0]?.code, card: answer.value };
  };
}

/** A message without buttons of this flow that have data: nothing is added to what an attack sends. */
export async function plainCardOf(stage: PackagesStage, person: string): Promise<string> {
  const { id } = await stage.say(person, 'help');
  return until(`help for ${person}`, async () => {
    const all = await stage.timeline(person);
    const own = all.findIndex((entry) => entry.id === id);
    return all.slice(own + 1).find(({ card }) => card !== undefined)?.id;
  });
}

async function stateOf(stage: PackagesStage) {
  const { db } = stage.store();
  const claims = await db.selectFrom('claims').select('id').execute();
  const rows = await db
    .selectFrom('audit')
    .select(['actor', 'data'])
    .where('kind', '=', 'click.refused')
    .orderBy('seq')
    .execute();
  return {
    writes: (await stage.sent()).length,
    claims: claims.length,
    refused: rows.map(({ actor, data }) => ({ actor, code: String(JSON.parse(data).code) })),
  };
}

export interface Smuggled {
  readonly kind: string;
  readonly item: string;
  /** The stage of an approver's card, counted from 0. */
  readonly stageAt?: number;
  /** Object id of whom a form is for. */
  readonly whom?: string;
}

/** A card that the bot would never make: somebody found a way to have one of this kind about this. */
export async function smuggledCard(
  stage: PackagesStage,
  person: string,
  { kind, item, stageAt = 0, whom = '' }: Smuggled,
): Promise<string> {
  const ref = `smuggled-${kind}-${person}-${stageAt}`;
  const now = (await stage.now()).getTime();
  const id = stage.idOf(person);
  const about = `${kind}:${item.slice(item.indexOf(':') + 1)}:${id}`;
  const card = {
    ref,
    flow: 'packages',
    kind,
    item,
    person: id,
    purpose: [about, ...(stageAt === 0 ? [] : [stageAt]), ...(whom === '' ? [] : [whom])].join(':'),
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
