import { personByKey } from '../practice/world/people.js';
import type { Remote } from './remote.js';
import { costSince, type Step } from './step-cost.js';

/** Somebody asks for a role, one of two approves it: what each step took. */
export interface Told {
  readonly roles: Step;
  readonly form: Step;
  readonly ask: Step;
  /** Until the approver's message is in their chat. */
  readonly askToCard: number;
  readonly approve: Step;
  /** Until the other approver's message says that it is decided. */
  readonly approveToOther: number;
  /** Until the asker's message says that it works. */
  readonly approveToReady: number;
}

export interface Story {
  readonly asker: string;
  readonly target: { readonly key: string; readonly name: string; readonly role: object };
  readonly approver: string;
  readonly other: string;
}

const ticket = { ticketSystem: 'ServiceNow', ticketNumber: 'INC-4711' };

export async function tell(control: Remote, story: Story, number: number): Promise<Told> {
  const { asker, target, approver, other } = story;
  const askerName = personByKey(asker)?.displayName ?? asker;
  // What everybody's card of this story shows, and no other.
  const reason = `Story ${number}: the nightly index of the archive is stuck and has to be built anew`;
  const cost = () => costSince(control);

  const rolesCost = await cost();
  const saidAt = Date.now();
  await control.say(asker, 'my roles');
  const list = await control.shows(asker, 'Your roles', `"${target.name}"`);
  const roles = { ms: list.at - saidAt, ...(await rolesCost()) };

  const formCost = await cost();
  const formMs = await control.press(asker, list.id, 'pim.form', { role: target.role });
  const form = { ms: formMs, ...(await formCost()) };

  const askCost = await cost();
  const askedAt = Date.now();
  const wish = { minutes: '60', reason, startDate: '', startTime: '', ...ticket };
  const askMs = await control.press(asker, list.id, 'pim.ask', wish);
  const card = await control.shows(approver, askerName, reason, '"pim.approve"');
  await control.shows(other, askerName, reason, '"pim.approve"');
  const ask = { ms: askMs, ...(await askCost()) };

  const approveCost = await cost();
  const approvedAt = Date.now();
  const comment = 'Yes, please build it anew';
  const approveMs = await control.press(approver, card.id, 'pim.approve', { comment });
  const decided = await control.shows(other, reason, 'Approved by ');
  const ready = await control.shows(asker, reason, 'Ready to use');
  const approve = { ms: approveMs, ...(await approveCost()) };
  // The tenant notes when a message came and when it was changed: how often we look does not count.
  return {
    ...{ roles, form, ask, approve },
    askToCard: card.at - askedAt,
    approveToOther: (decided.updatedAt ?? decided.at) - approvedAt,
    approveToReady: (ready.updatedAt ?? ready.at) - approvedAt,
  };
}
