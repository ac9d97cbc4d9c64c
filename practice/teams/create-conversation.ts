import { z } from 'zod/v4';
import type { PracticeContext } from '../context.js';
import type { Handler } from '../http/router.js';
import { tenantId } from '../world/people.js';
import { chatAddress, personByAddress } from './addresses.js';
import { badSyntax, notInRoster, unauthorized } from './connector-errors.js';
import type { Gate } from './connector-gate.js';
import { type Desk, postMessage } from './connector-messages.js';
import { isForChannel, postToChannel } from './post-to-channel.js';

const parameters = z.looseObject({
  isGroup: z.boolean().optional(),
  members: z.tuple([z.looseObject({ id: z.string() })]),
  tenantId: z.string().optional(),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string() }).optional() }).optional(),
  activity: z.unknown().optional(),
});

/** Opens the one chat a bot has with a person: the same every time, by 29: address or Entra object id. Or a thread in a channel. */
export function createConversation(ctx: PracticeContext, desk: Desk, gate: Gate): Handler {
  return (req) => {
    if (!gate.isBot(req)) return unauthorized;
    if (isForChannel(req.body)) return postToChannel(desk, gate, req);
    const parsed = parameters.safeParse(req.body);
    if (!parsed.success || parsed.data.isGroup)
      return badSyntax('Incorrect conversation creation parameters.');
    const { members, activity, channelData } = parsed.data;
    const person = personByAddress(members[0].id);
    if (!person) return badSyntax('Invalid user identity in provided tenant.');
    const asked = channelData?.tenant?.id ?? parsed.data.tenantId ?? tenantId;
    if (person.tenantId !== tenantId || asked !== tenantId) return notInRoster;
    const refusal = gate.refuseWrite(person, req.body);
    if (refusal) return refusal;

    const opened = { id: chatAddress(person), serviceUrl: ctx.connectorUrl };
    if (activity === undefined || activity === null) return { status: 201, body: opened };
    const sent = postMessage(desk, activity, person);
    if (sent.status !== 201) return sent;
    const { id: activityId } = z.object({ id: z.string() }).parse(sent.body);
    return { status: 201, body: { ...opened, activityId } };
  };
}
