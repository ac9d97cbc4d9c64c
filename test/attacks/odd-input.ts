import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FlowStage } from '../support/flow-stage.js';
import { type Attack, plainCardOf } from './attack.js';

/** What is wrong with it, the verb it is sent with, and what is sent. */
export type Wrong = readonly (readonly [what: string, verb: string, data: () => object])[];

/** A test each: turned away before anything is read. */
export function itDoesNotFit(wrong: Wrong, attack: () => Attack): void {
  for (const [what, verb, data] of wrong) {
    it(`${verb}: ${what}`, async () => {
      const { status, code, text } = await attack()('engineer', verb, data());
      assert.deepEqual([status, code], [400, 'flows.bad-input']);
      assert.match(text, /does not fit the card\. Nothing was changed/);
    });
  }
}

interface Odd {
  readonly verbs: readonly string[];
  readonly names: readonly string[];
  readonly words: readonly string[];
  /** What may well be a good press. */
  readonly isFine?: (verb: string, data: Readonly<Record<string, unknown>>) => boolean;
}

/** Whatever is sent with whatever verb is answered in plain words, and changes nothing. */
export async function assertNothingHappens(
  stage: FlowStage,
  { verbs, names, words, isFine = () => false }: Odd,
): Promise<void> {
  const card = await plainCardOf(stage, 'engineer');
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(...words, '', '../..', '\u0000', '\u0024{ref}', '{{DATE(1)}}', "' or 1 eq 1"),
  );
  const data = fc.dictionary(fc.constantFrom(...names, '__proto__'), value, { maxKeys: 4 });
  const writes = (await stage.sent()).length;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...verbs), data, async (verb, sent) => {
      fc.pre(!isFine(verb, sent));
      const { statusCode, value: said } = await stage.press('engineer', card, verb, { ...sent });
      assert.ok([200, 400, 404].includes(statusCode), `${statusCode} ${JSON.stringify(said)}`);
      assert.doesNotMatch(JSON.stringify(said), /unexpected|stack|TypeError|ZodError/);
    }),
    { numRuns: 40 },
  );
  assert.equal((await stage.sent()).length, writes);
}
