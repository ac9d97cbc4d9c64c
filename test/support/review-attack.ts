import assert from 'node:assert/strict';
import { cardActions, cardText } from './card-text.js';
import type { ReviewStage } from './review-stage.js';

export interface Repelled {
  readonly status: number;
  /** What the person reads. */
  readonly text: string;
  readonly code: string | undefined;
  readonly card: unknown;
}

export type Attack = (person: string, verb: string, data: unknown) => Promise<Repelled>;

/**
 * Presses what no card offers, and holds every such press to the same: nothing was written to Entra, no decision was
 * begun, and the record has one line more, which names whoever pressed.
 */
export function attackOn(stage: ReviewStage): Attack {
  const plain = new Map<string, string>();
  /** A message without buttons of the flow: nothing of it is added to what is sent. */
  const plainCardOf = async (person: string): Promise<string> => {
    const known = plain.get(person);
    if (known !== undefined) return known;
    await stage.say(person, 'help');
    const { id } = await stage.card(person, /Hello/);
    plain.set(person, id);
    return id;
  };
  return async (person, verb, sent) => {
    const card = await plainCardOf(person);
    const before = await stateOf(stage);
    const answer = await stage.press(person, card, verb, sent as object);
    // With buttons in it the message would add their data to the next press.
    if (cardActions(answer.value).some(({ data }) => 'ref' in data)) plain.delete(person);
    const after = await stateOf(stage);
    assert.equal(after.writes, before.writes, 'something was written to Entra');
    assert.equal(after.claims, before.claims, 'a decision was begun');
    const lines = after.refused.slice(before.refused.length);
    assert.equal(lines.length, 1, `one line is left in the record: ${JSON.stringify(lines)}`);
    const { actor, code } = lines[0] ?? {};
    assert.equal(actor, await idOf(stage, person), 'the line names whoever pressed');
    const text = typeof answer.value === 'string' ? answer.value : textOf(answer.value);
    return { status: answer.statusCode, text, code, card: answer.value };
  };
}

async function stateOf(stage: ReviewStage) {
  const { db } = stage.store();
  const claims = await db.selectFrom('claims').select('id').execute();
  const rows = await db
    .selectFrom('audit')
    .select(['actor', 'data'])
    .where('kind', '=', 'click.refused')
    .orderBy('seq')
    .execute();
  const refused = rows.map(({ actor, data }) => ({ actor, code: String(JSON.parse(data).code) }));
  return { writes: (await stage.writes()).length, claims: claims.length, refused };
}

async function idOf(stage: ReviewStage, person: string): Promise<string | undefined> {
  const { people } = await stage.get<{ people: readonly { key: string; id: string }[] }>('');
  return people.find(({ key }) => key === person)?.id;
}

/** An error answer holds its sentence in `message`. */
function textOf(value: unknown): string {
  const isError = value !== null && typeof value === 'object' && 'message' in value;
  return isError ? String(value.message) : cardText(value);
}
