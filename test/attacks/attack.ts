import assert from 'node:assert/strict';
import { cardActions } from '../support/card-text.js';
import type { FlowStage } from '../support/flow-stage.js';
import { readIn } from '../support/on-card.js';
import { until } from '../support/until.js';

export interface Repelled {
  readonly status: number;
  /** What the person reads. */
  readonly text: string;
  readonly code: string | undefined;
  readonly card: unknown;
}

export type Attack = (person: string, verb: string, data: unknown, message?: string) => Promise<Repelled>;

/** What else must be as it was, besides what is written to Entra and begun; and what goes before a press. */
interface Watch {
  readonly state?: () => Promise<object>;
  readonly before?: (verb: string) => Promise<unknown>;
}

/**
 * Presses what no card offers, and holds every such press to the same: nothing was asked of Entra that changes
 * something, nothing was begun, and the record has one line more, which names whoever pressed.
 */
export function attackOn(stage: FlowStage, { state = async () => ({}), before }: Watch = {}): Attack {
  const plain = new Map<string, string>();
  const look = async () => ({
    writes: (await stage.sent()).map(({ method, path }) => `${method} ${path}`),
    claims: (await stage.store().db.selectFrom('claims').select('id').execute()).length,
    ...(await state()),
  });
  return async (person, verb, sent, message) => {
    const card = message ?? plain.get(person) ?? (await plainCardOf(stage, person));
    await before?.(verb);
    const [was, lines] = [await look(), (await stage.audited('click.refused')).length];
    const answer = await stage.press(person, card, verb, sent as object);
    assert.deepEqual(await look(), was, 'something was changed, or begun');
    const [line, ...more] = (await stage.audited('click.refused')).slice(lines);
    const text = readIn(answer);
    assert.ok(line, `a line is left in the record: ${text}`);
    assert.deepEqual(more, [], 'and only one');
    assert.equal(line.actor, stage.idOf(person), 'the line names whoever pressed');
    // With buttons in it the message would add their data to the next press.
    const isPlain = cardActions(answer.value).every(({ data }) => !('ref' in data));
    if (message === undefined && isPlain) plain.set(person, card);
    else if (message === undefined) plain.delete(person);
    return { status: answer.statusCode, text, code: JSON.parse(line.data).code, card: answer.value };
  };
}

/** A message without buttons that have data: nothing is added to what an attack sends. */
export async function plainCardOf(stage: FlowStage, person: string): Promise<string> {
  const { id } = await stage.say(person, 'help');
  return until(`help for ${person}`, async () => {
    const all = await stage.timeline(person);
    const own = all.findIndex((entry) => entry.id === id);
    return all.slice(own + 1).find(({ card }) => card !== undefined)?.id;
  });
}

export interface Smuggled {
  /** With the name of the flow before it. */
  readonly kind: string;
  readonly item: string;
  /** What tells cards of one kind and person apart. */
  readonly mark?: string;
  readonly purpose?: string;
}

/** A card that the bot would never make: somebody found a way to have one of this kind about this. */
export async function smuggledCard(
  stage: FlowStage,
  person: string,
  { kind, item, mark = '0', purpose }: Smuggled,
): Promise<string> {
  const ref = `smuggled-${kind}-${person}-${mark}`;
  const now = (await stage.now()).getTime();
  const [flow = ''] = kind.split('.');
  const card = {
    ...{ ref, flow, kind, item, person: stage.idOf(person), purpose: purpose ?? `${kind}:${ref}` },
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
