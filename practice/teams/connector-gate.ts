import type { PracticeContext } from '../context.js';
import type { Handler, PracticeRequest, PracticeResponse } from '../http/router.js';
import { type Person, tenantId } from '../world/people.js';
import { isTooBig } from './activity-content.js';
import { chatAddress, personByChat } from './addresses.js';
import type { Channel } from './channels.js';
import {
  blocked,
  conversationNotFound,
  notInRoster,
  throttled,
  tooBig,
  unauthorized,
} from './connector-errors.js';
import { createRateLimit, readWindows, sendWindows, tenantWindows } from './rate-limit.js';
import type { Teams } from './teams.js';

type InChat = (req: PracticeRequest, person: Person) => PracticeResponse;
type Refusal = PracticeResponse | undefined;

export interface Gate {
  /** In this order, as Teams does: is it our bot, is there such a chat, may it write there, is it too much. */
  writes(handler: InChat): Handler;
  reads(handler: InChat): Handler;
  isBot(req: PracticeRequest): boolean;
  /** Counts one call that writes to this person's chat. */
  refuseWrite(person: Person, body: unknown): Refusal;
  /** The same for a post in a channel. */
  refusePost(channel: Channel, body: unknown): Refusal;
}

export function createGate(ctx: PracticeContext, { chats, channels }: Teams): Gate {
  const sends = createRateLimit(sendWindows, ctx.clock.now);
  const looks = createRateLimit(readWindows, ctx.clock.now);
  const tenant = createRateLimit(tenantWindows, ctx.clock.now);

  const isBot = (req: PracticeRequest): boolean => ctx.tokens.verifyAppToken(req.headers.authorization);
  const refuseRead = (person: Person): Refusal =>
    busy(tenant.take(person.tenantId) ?? looks.take(chatAddress(person)));
  const refuseWrite = (person: Person, body: unknown): Refusal => {
    const how = chats.of(person).blocked;
    if (how) return blocked(how);
    if (isTooBig(body)) return tooBig;
    return busy(tenant.take(person.tenantId) ?? sends.take(chatAddress(person)));
  };
  const refusePost = (channel: Channel, body: unknown): Refusal => {
    if (!channels.of(channel).installed) return notInRoster;
    if (isTooBig(body)) return tooBig;
    return busy(tenant.take(tenantId) ?? sends.take(channel.id));
  };
  const inChat =
    (refuse: (person: Person, body: unknown) => Refusal, handler: InChat): Handler =>
    (req) => {
      if (!isBot(req)) return unauthorized;
      const person = personByChat(req.params.chat ?? '');
      if (!person) return conversationNotFound;
      return refuse(person, req.body) ?? handler(req, person);
    };

  return {
    isBot,
    refuseWrite,
    refusePost,
    writes: (handler) => inChat(refuseWrite, handler),
    reads: (handler) => inChat(refuseRead, handler),
  };
}

function busy(seconds: number | undefined): Refusal {
  return seconds === undefined ? undefined : throttled(seconds);
}
