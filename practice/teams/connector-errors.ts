import type { PracticeResponse } from '../http/router.js';
import type { Chat } from './chat.js';

// Codes and bodies as Microsoft documents them for the Bot Connector; bots tell a dead address from a busy one by these.
export const unauthorized: PracticeResponse = {
  status: 401,
  body: { message: 'Authorization has been denied for this request.' },
};
export const conversationNotFound = problem(404, 'ConversationNotFound', 'Conversation not found.');
export const activityNotFound = problem(
  404,
  'ActivityNotFoundInConversation',
  'Activity does not exist in the conversation.',
);
export const memberNotFound = problem(404, 'MemberNotFoundInConversation', 'The member was not found.');
export const tooBig = problem(413, 'MessageSizeTooBig', 'Message size too large.');
export const notInRoster = problem(
  403,
  'BotNotInConversationRoster',
  'The bot is not part of the conversation roster.',
);

export function badSyntax(message: string): PracticeResponse {
  return problem(400, 'BadSyntax', message);
}

export function throttled(seconds: number): PracticeResponse {
  return {
    ...problem(429, 'Throttled', 'Too many requests.'),
    headers: { 'retry-after': String(seconds) },
  };
}

/** A chat whose person removed the app answers in an older shape, with JSON inside a string. */
export function blocked(how: NonNullable<Chat['blocked']>): PracticeResponse {
  if (how === 'blocked')
    return problem(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.');
  const inner = { subCode: 'MessageWritesBlocked', details: 'Thread is not writable.', errorCode: null };
  return { status: 403, body: { errorCode: 209, message: JSON.stringify(inner, null, 2) } };
}

function problem(status: number, code: string, message: string): PracticeResponse {
  return { status, body: { error: { code, message } } };
}
