import { refOf } from '../support/on-card.js';
import { goodReason, type PackagesStage } from '../support/packages-stage.js';
import type { InvokeAnswer, LoggedRequest } from '../support/remote-control.js';

const comment = 'I know of the project and looked at it';

/** A button that can be pressed, and what comes of it. */
export interface Pressed {
  readonly person: string;
  readonly message: string;
  readonly verb: string;
  readonly data: object;
  readonly says: RegExp;
  /** What is read when it is pressed once more, long afterwards. */
  readonly after: RegExp;
  /** Method and path of what changes something in Entra. */
  readonly lands: RegExp;
  /** The same for a fault. */
  readonly call: { readonly service: string; readonly method: string; readonly path: string };
}

const submit = { service: 'graph', method: 'POST', path: '^[^?]*/assignmentRequests$' };
const patch = { service: 'graph', method: 'PATCH', path: '/stages/' };

/** Everything of the flow that changes something in Entra, each by somebody else: a chat takes only so many messages. */
export const deeds: Readonly<Record<string, (stage: PackagesStage) => Promise<Pressed>>> = {
  async asking(stage) {
    const { id: message, card } = await stage.form('engineer', 'standard');
    const says = /^(Asked|Waiting)/;
    return {
      ...{ person: 'engineer', message, verb: 'packages.ask', says, after: says, call: submit },
      data: { ref: refOf(card), reason: goodReason },
      lands: /^POST .*\/assignmentRequests$/,
    };
  },
  async 'approving the last stage'(stage) {
    await stage.ask('finance', 'elevated');
    const { id: message, card } = await stage.decideCard('security');
    const says = /^Approved by you/;
    return {
      ...{ person: 'security', message, verb: 'packages.approve', says, after: says, call: patch },
      data: { ref: refOf(card), comment },
      lands: /^PATCH /,
    };
  },
  async 'approving the first of two stages'(stage) {
    await stage.ask('starter', 'redteam');
    const { id: message, card } = await stage.decideCard('manager');
    const says = /^Approved for now by you/;
    return {
      ...{ person: 'manager', message, verb: 'packages.approve', says, after: says, call: patch },
      data: { ref: refOf(card), comment },
      lands: /^PATCH /,
    };
  },
  async 'taking a request back'(stage) {
    const { id: message } = await stage.ask('helpdesk', 'standard');
    await stage.says('helpdesk', message, /^Waiting/);
    const says = /^Cancelled/;
    return {
      ...{ person: 'helpdesk', message, verb: 'packages.cancel', says, after: says },
      data: { ref: refOf((await stage.entry('helpdesk', message)).card) },
      lands: /^POST .*\/cancel$/,
      call: { service: 'graph', method: 'POST', path: '/cancel' },
    };
  },
  async 'giving access back'(stage) {
    const { id: assignment } = await stage.hold('starter', 'workshop', 60);
    const { id: message } = await stage.hear('starter', 'what do I have');
    const says = /^(Being taken away|Given back)/;
    return {
      ...{ person: 'starter', message, verb: 'packages.give-back', says, call: submit },
      data: { assignment, sure: true },
      after: /^(Being taken away|Given back|You do not have this access any more)/,
      lands: /^POST .*\/assignmentRequests$/,
    };
  },
  async 'setting a delivery going again'(stage) {
    const { id: mine } = await stage.ask('finance', 'sandbox');
    await stage.says('finance', mine, /^Could not be set up/);
    const { id: request } = await stage.portal.newest('finance');
    await stage.post('/packages/settings', { package: 'sandbox', fails: '' });
    const { id: message } = await stage.hear('appowner', 'help');
    const says = /^(Entra tries again|Delivered)/;
    return {
      ...{ person: 'appowner', message, verb: 'packages.reprocess', data: { request }, says, after: says },
      lands: /^POST .*\/reprocess$/,
      call: { service: 'graph', method: 'POST', path: '/reprocess' },
    };
  },
};

export function press(
  stage: PackagesStage,
  { person, message, verb, data }: Pressed,
  more: object = {},
): Promise<InvokeAnswer> {
  return stage.press(person, message, verb, data, more);
}

/** Every time it was tried; what was cut off has no status. */
export async function triesOf(stage: PackagesStage, { lands }: Pressed): Promise<readonly LoggedRequest[]> {
  return (await stage.sent()).filter(({ method, path }) => lands.test(`${method} ${path}`));
}

export async function landedOf(stage: PackagesStage, pressed: Pressed): Promise<number> {
  return (await triesOf(stage, pressed)).filter(({ status }) => status >= 200 && status < 300).length;
}
