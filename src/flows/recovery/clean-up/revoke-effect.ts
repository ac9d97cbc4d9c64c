import { z } from 'zod/v4';
import { second } from '../../../base/clock.js';
import { revokeSessions } from '../../../graph/recovery/recovery.js';
import { effect } from '../../effect.js';
import { cleanUpCard } from '../cards/clean-up-card.js';
import { itemOf, queueShow } from '../cases.js';
import { notDoneCard } from './not-done-card.js';
import type { RevokeArgs } from './rules.js';
import { signedOutSince } from './signed-out-since.js';

const text = z.string();
const args: z.ZodType<RevokeArgs> = z.object({
  caseId: text,
  subject: text,
  subjectName: text,
  at: z.number(),
});
const receipt = z.object({ from: text });

export const revokeName = 'recovery.revoke';

/** A click that is delivered twice is one; later it may have to be done again. */
const sameWithin = 30 * second;

/** Signs somebody out everywhere, with the helper's own role. */
export const revokeEffect = effect({
  name: revokeName,
  args,
  receipt,
  key: ({ caseId, at }) => ({
    item: itemOf(caseId),
    stage: `clean-up:${Math.floor(at / sameWithin)}`,
    action: 'revoke',
  }),
  act: (graph, { subject }) => revokeSessions(graph, subject),
  recorded: (graph, done) => signedOutSince(graph, done.subject, done.at),
  healed: (reader, done) => signedOutSince(reader, done.subject, done.at),
  settled: (tx, services, { args: { caseId } }) => queueShow(tx, services, caseId),
  working: (_services, { subjectName }, { reference }) =>
    cleanUpCard({ state: 'revoking', person: subjectName, reference }),
  done: (_services, { subjectName }, { from }, { reference }) =>
    cleanUpCard({ state: 'revoked', person: subjectName, at: from, reference }),
  notDone: (services, { caseId, subjectName }, claim) =>
    notDoneCard(services, claim, { caseId, subjectName, code: 'recovery.not-revoked' }),
});
