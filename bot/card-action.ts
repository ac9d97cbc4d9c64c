import { z } from 'zod/v4';
import { second } from '../src/base/clock.js';
import { type AppError, isAppError } from '../src/base/errors.js';
import type { Ids } from '../src/base/ids.js';
import type { Log } from '../src/base/log.js';
import { type Sleep, within } from '../src/base/sleep.js';
import type { Renderer } from '../src/cards/render.js';
import type { House, Outcome } from '../src/flows/flow.js';
import { type Actor, actorFrom } from '../src/identity/actor.js';
import { identityError } from '../src/identity/errors.js';
import { languageOf, type TeamsActivity } from './activity.js';
import { type AuthenticateParts, authenticate, type Proof } from './authenticate.js';
import { botError } from './errors.js';
import type { FileCards } from './file-cards.js';
import {
  exchangeRefused,
  type InvokeAnswer,
  loginRequest,
  outcomeAnswer,
  problemAnswer,
} from './invoke-answer.js';
import { isPersonal, senderOf } from './person.js';
import type { Explain } from './problem.js';
import { claimsHash, type SignInNeed } from './sign-in.js';
import type { SilentTries } from './silent-tries.js';

export interface CardActionParts extends AuthenticateParts {
  readonly house: House;
  readonly renderer: Renderer;
  readonly fileCards: FileCards;
  readonly silentTries: SilentTries;
  readonly scopesOf: (verb: string) => readonly string[];
  readonly explain: Explain;
  readonly ids: Ids;
  readonly log: Log;
  readonly sleep: Sleep;
  readonly tenantId: string;
  readonly ssoResource: string;
}

const press = z.object({
  action: z.object({ verb: z.string().min(1).max(100), data: z.unknown().optional() }),
  authentication: z.object({ token: z.string().min(1) }).nullish(),
  state: z.string().nullish(),
});

/** How a press came in: alone, with Teams' own token, or right after the sign-in window was closed. */
interface Press extends Proof {
  readonly actor: Actor;
  readonly verb: string;
  readonly data: unknown;
}

/** The house itself answers "working" at 8 s; Teams gives up a few seconds later. */
const deadline = 9 * second;
const placedDeadline = second;

/** One press of a button. Whatever happens, the answer is one that Teams can show. */
export async function cardAction(parts: CardActionParts, activity: TeamsActivity): Promise<InvokeAnswer> {
  let verb = 'unknown';
  try {
    const found = readPress(parts, activity);
    verb = found.verb;
    return await answerPress(parts, found, activity);
  } catch (error) {
    return problemAnswer(parts.explain(error, { verb, person: activity.from.aadObjectId ?? '' }));
  }
}

function readPress(parts: CardActionParts, activity: TeamsActivity): Press {
  // A card can be passed on: what it answers with is for one person, and where others read along it is not given.
  if (!isPersonal(activity)) throw botError('bot.not-personal');
  const value = press.safeParse(activity.value);
  if (!value.success) throw botError('bot.bad-action', value.error);
  const { action, authentication, state } = value.data;
  return {
    actor: actorFrom(senderOf(activity), parts.tenantId),
    verb: action.verb,
    data: action.data ?? {},
    assertion: authentication?.token,
    state: state || undefined,
  };
}

async function answerPress(
  parts: CardActionParts,
  found: Press,
  activity: TeamsActivity,
): Promise<InvokeAnswer> {
  try {
    const outcome = await runInTime(parts, found, activity);
    const answer = answerWith(outcome, parts.renderer);
    await offerFile(parts, outcome, activity);
    await tellPlaced(parts, outcome, activity);
    return answer;
  } catch (error) {
    if (!isAppError(error) || error.retry !== 'sign-in') throw error;
    refuseToLoop(parts, found.actor, error);
    parts.log.info({ code: error.code, verb: found.verb }, 'a sign-in is asked for');
    return askToSignIn(parts, found, error);
  }
}

function answerWith(outcome: Outcome, renderer: Renderer): InvokeAnswer {
  try {
    return outcomeAnswer(outcome, renderer);
  } catch (error) {
    nobodySees(outcome);
    throw error;
  }
}

function nobodySees(outcome: Outcome): void {
  if (outcome.kind === 'card') outcome.unseen?.();
}

async function runInTime(parts: CardActionParts, found: Press, activity: TeamsActivity): Promise<Outcome> {
  const afterwards = (error: unknown): void => {
    parts.log.warn({ error, verb: found.verb }, 'a click failed after its answer was due');
  };
  const work = authenticateAndRun(parts, found, activity);
  const result = await within(work, { ms: deadline, sleep: parts.sleep, afterwards });
  if (result.kind === 'done') return result.value;
  work.then(nobodySees).catch(() => undefined);
  throw botError('bot.late');
}

async function authenticateAndRun(
  parts: CardActionParts,
  { actor, verb, data, ...proof }: Press,
  activity: TeamsActivity,
): Promise<Outcome> {
  const { conversation, serviceUrl, replyToId } = activity;
  await authenticate(parts, actor, proof);
  const place = {
    conversationId: conversation.id,
    serviceUrl,
    ...(replyToId ? { activityId: replyToId } : {}),
  };
  return parts.house.run({ actor, command: { verb, data }, place, language: languageOf(activity) });
}

/** Whoever has just signed in exactly as asked is not asked for the same again: it would never end. */
function refuseToLoop({ windows }: CardActionParts, actor: Actor, { code, detail, cause }: AppError): void {
  const { claims } = detail;
  if (code !== 'identity.step-up-needed' || typeof claims !== 'string') return;
  if (windows.metJustNow(actor, claimsHash(claims))) throw identityError('identity.step-up-useless', cause);
}

/**
 * A press without a token gets one chance to be answered silently by Teams. Where that has just failed, or cannot
 * help (consent, a stronger sign-in), only the button is left.
 */
function askToSignIn(parts: CardActionParts, found: Press, error: AppError): InvokeAnswer {
  const { actor, assertion, state } = found;
  const { claims } = error.detail;
  const link = parts.signIn.linkFor(needOf(parts, found, error));
  // What is held does not do any more, however strong it was: it must not stand in the way of what comes next.
  if (error.code === 'identity.sign-in-needed') parts.userTokens.forget(actor);
  if (assertion !== undefined) {
    parts.silentTries.failed(actor);
    // The button Teams has from the first request knows nothing of a stronger sign-in: it needs a new one.
    return typeof claims === 'string' ? loginRequest({ text: error.says, link }) : exchangeRefused(error);
  }
  const silentHelps = error.code === 'identity.sign-in-needed' || error.code === 'identity.token-refused';
  const trySilently = silentHelps && (state !== undefined || !parts.silentTries.justFailed(actor));
  const silent = { id: parts.ids.guid(), uri: parts.ssoResource };
  return loginRequest({ text: error.says, link, ...(trySilently ? { silent } : {}) });
}

function needOf(parts: CardActionParts, { actor, verb }: Press, { code, detail }: AppError): SignInNeed {
  const need = { person: actor.objectId, scopes: parts.scopesOf(verb) };
  if (typeof detail.claims === 'string') return { ...need, claims: detail.claims };
  if (code === 'identity.consent-needed') return { ...need, prompt: 'consent' };
  // The browser may be signed in as somebody else, and would take that account again without asking.
  return code === 'identity.token-refused' ? { ...need, prompt: 'select_account' } : need;
}

/** Before the answer, because that says where to find it. */
async function offerFile(
  { fileCards }: CardActionParts,
  outcome: Outcome,
  { conversation, serviceUrl }: TeamsActivity,
): Promise<void> {
  if (outcome.kind !== 'card' || outcome.offers === undefined) return;
  await fileCards.offer({ conversationId: conversation.id, serviceUrl }, outcome.offers);
}

/** Later changes of this card are put into the message it now lives in; the answer must not fail over it. */
async function tellPlaced(parts: CardActionParts, outcome: Outcome, activity: TeamsActivity): Promise<void> {
  const { replyToId, conversation, serviceUrl } = activity;
  if (outcome.kind !== 'card' || outcome.ref === undefined || !replyToId) return;
  const place = { conversationId: conversation.id, serviceUrl, activityId: replyToId };
  const afterwards = (error: unknown): void => parts.log.error({ error }, 'the place of a card was not kept');
  try {
    const placed = parts.house.placed(outcome.ref, place);
    await within(placed, { ms: placedDeadline, sleep: parts.sleep, afterwards });
  } catch (error) {
    afterwards(error);
  }
}
