import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import type { RequestInfo } from '../../graph/entitlement.js';
import type { CardRow } from '../../store/schema.js';
import { carryOut, outcomeOf } from '../carry-out.js';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { conflictsFor } from './ask/conflicts.js';
import { askEffect, askKey } from './ask/effect.js';
import { meaningOf } from './ask/entra-says.js';
import { type AskReading, readAskFacts, readMine, requestsFor } from './ask/facts.js';
import { formCard } from './ask/form-card.js';
import { policiesCard } from './ask/policies-card.js';
import { decideAsk, noProblems, type Problems, readWish, type Wish } from './ask/rules.js';
import { isMe } from './ask/ways.js';
import { packagesError, saysOf } from './errors.js';
import { itemId, openRequestFor } from './offers.js';
import { openStatus } from './status/open-status.js';
import { ownRequest } from './status/own-request.js';
import { statusOutcome } from './status/show-status-of.js';

const keysAtMost = 50;
const answerName = /^q-.{1,100}$/;
const shortText = z.string().max(4000);

/** Whatever else a card sends along is never looked at. */
const input = z
  .looseObject({
    ref: z.string().max(64),
    policy: z.guid().optional(),
    reason: shortText.default(''),
    startDate: z.string().max(20).default(''),
    endDate: z.string().max(20).default(''),
  })
  .refine((sent) => Object.keys(sent).length <= keysAtMost)
  .refine((sent) => answersIn(sent).every(([, value]) => shortText.safeParse(value).success));

function answersIn(sent: object): readonly [string, unknown][] {
  return Object.entries(sent).filter(([key]) => answerName.test(key));
}

function wishOf(sent: z.infer<typeof input>): Wish {
  const { reason, startDate, endDate } = sent;
  const answers = answersIn(sent).map(
    ([key, value]) => [key.slice('q-'.length).toLowerCase(), shortText.parse(value)] as const,
  );
  return { reason: reason.trim(), startDate, endDate, answers: new Map(answers) };
}

/** Sends the form to Entra in the asking person's own name. */
export const ask = verb({
  name: 'packages.ask',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input,
  async run(turn, sent): Promise<Outcome> {
    const { ref } = sent;
    const row = await knownCard(turn, ref, ['packages.ask', 'packages.status']);
    if (row.kind === 'packages.status') return becameStatus(turn, row);
    const reading = await readAskFacts(turn, row, {
      policy: sent.policy?.toLowerCase(),
      wish: wishOf(sent),
    });
    const sending: Sending = { turn, row, reading };
    const read = readWish(reading.facts);
    const decision = decideAsk(reading.facts, read);
    if (decision.kind === 'permit') {
      return inEntrasWords(sending, () => carryOut(turn, decision, askEffect, ref));
    }
    return turnedAway(sending, decision, read.problems);
  },
});

/** The form was sent before, from this device or another: it shows what became of it. */
async function becameStatus(turn: Turn, row: CardRow): Promise<Outcome> {
  const request = await ownRequest(turn, itemId(row));
  if (request === undefined) throw packagesError('packages.not-shown');
  return statusOutcome(turn, row, request);
}

interface Sending {
  readonly turn: Turn;
  readonly row: CardRow;
  readonly reading: AskReading;
}

/** What Entra has against it becomes a sentence on the form, with what was typed kept. */
async function inEntrasWords(sending: Sending, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { turn, reading } = sending;
    const meaning = meaningOf(error, { forMe: isMe(turn, reading.target) });
    if (meaning === undefined) throw error;
    const { code, form } = meaning;
    return turnedAway(sending, { code, basis: ['entra.policy'] }, { ...noProblems, form });
  }
}

async function turnedAway(
  sending: Sending,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
  problems: Problems,
): Promise<Outcome> {
  const { turn, row, reading } = sending;
  const { facts, request } = reading;
  if (code === 'packages.asked-already') {
    // A press that was delivered again: the first one is what made it "asked already".
    const key = askKey({ packageId: facts.packageId, targetId: facts.target.id, ref: row.ref });
    const sent = await outcomeOf(turn, askEffect, key, row.ref);
    if (sent !== undefined) return sent;
  }
  return refused(turn, row.ref, { code, basis, says: saysOf(code) }, async () => {
    if (code === 'packages.asked-already') {
      const open = request ?? (await openNow(sending));
      return open && openStatus(turn, open);
    }
    if (code === 'packages.not-for-them' && reading.target.mine) {
      return policiesCard(turn, { packageId: facts.packageId, target: reading.target, ways: [] });
    }
    return onForm.has(code) ? formBack(sending, problems) : undefined;
  });
}

/** Somebody may have asked for it since the facts were read. */
async function openNow({ turn, reading: { facts, target } }: Sending): Promise<RequestInfo | undefined> {
  const { requests } = await readMine(turn);
  return openRequestFor(facts.packageId, await requestsFor(turn, target, requests));
}

const onForm = new Set(['packages.reason', 'packages.form', 'packages.conflict']);

async function formBack({ turn, row, reading }: Sending, problems: Problems): Promise<Outcome | undefined> {
  const { facts, target, way, ways, held, fixed } = reading;
  if (way === undefined) return undefined;
  const mine = isMe(turn, target) ? (await readMine(turn)).held : [];
  const conflicts = await conflictsFor(turn, facts.packageId, mine);
  const card = await formCard(turn.services, {
    ref: row.ref,
    packageId: facts.packageId,
    ...{ target, way, ways, held, fixed, conflicts, problems },
    typed: facts.wish,
    others: [],
    language: turn.language,
  });
  return { kind: 'card', card, ref: row.ref };
}
