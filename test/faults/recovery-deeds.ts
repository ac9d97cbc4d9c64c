import { refOf } from '../support/on-card.js';
import { newWorld } from '../support/recovery-rows.js';
import type { RecoveryStage } from '../support/recovery-stage.js';
import type { InvokeAnswer } from '../support/remote-control.js';

const note = 'Saw her on video, and she knew our first project';

/** A button that can be pressed, how its answer tells that it is done, and whether it is. */
export interface Deed {
  readonly person: string;
  readonly message: string;
  readonly verb: string;
  readonly data: object;
  readonly done: RegExp;
  readonly landed: () => Promise<boolean>;
}

/** Everything that somebody presses in a case, each ready to be pressed in a world of its own. */
export const deeds: Readonly<Record<string, (stage: RecoveryStage) => Promise<Deed>>> = {
  async 'making the pass'(stage) {
    await vouched(stage, 'new-phone');
    const { id: message } = await stage.issueCard('helpdesk', 'finance');
    const landed = async () => (await usableOf(stage)).length > 0;
    return { ...helper(message, 'recovery.issue'), done: /^Read this out/, landed };
  },
  async 'removing what was lost'(stage) {
    await vouched(stage, 'lost');
    const { id: message, card } = await stage.cardWith('helpdesk', 'recovery.remove');
    const lost = async () =>
      (await stage.staged('finance')).methods.filter(({ kind }) => kind !== 'password').map(({ id }) => id);
    const data = { ref: refOf(card), step: 'remove', methods: (await lost()).join(',') };
    const landed = async () => (await lost()).length === 0;
    return { ...helper(message, 'recovery.remove', data), done: /✓ What was lost is gone/, landed };
  },
  async 'signing them out'(stage) {
    await stage.open('finance', 'stolen');
    const { id: message, card } = await stage.cardWith('helpdesk', 'recovery.revoke');
    const done = /✓ Signed out everywhere/;
    return {
      ...helper(message, 'recovery.revoke', { ref: refOf(card) }),
      ...{ done, landed: isSignedOut(stage) },
    };
  },
  async 'signing out oneself'(stage) {
    const { id: message, answer } = await stage.open('finance', 'stolen');
    const button = { verb: 'recovery.sign-out', data: { ref: refOf(answer.value) } };
    const done = /✓ You (are|were) signed out everywhere/;
    return { person: 'finance', message, ...button, done, landed: isSignedOut(stage) };
  },
  async vouching(stage) {
    await stage.open('finance', 'new-phone');
    const { id: message, card } = await stage.cardWith('manager', 'recovery.attest');
    const data = { ref: refOf(card), how: 'video', note };
    const landed = async () => JSON.parse((await stage.caseOf('finance')).attested).length === 1;
    return {
      person: 'manager',
      message,
      verb: 'recovery.attest',
      data,
      done: /^You vouched for them/,
      landed,
    };
  },
  async 'opening a case'(stage) {
    const { id: message } = await stage.hear('finance', 'I cannot sign in');
    const landed = async () => (await casesOf(stage)) === 1;
    const button = { verb: 'recovery.open', data: { what: 'new-phone' } };
    return { person: 'finance', message, ...button, done: /^Help is on its way/, landed };
  },
  async 'closing a case'(stage) {
    await vouched(stage, 'broken');
    await stage.pass('helpdesk', 'finance');
    const { id: message, card } = await stage.cardWith('helpdesk', 'recovery.close');
    const landed = async () =>
      (await stage.caseOf('finance')).state === 'closed' && (await usableOf(stage)).length === 0;
    const data = { ref: refOf(card), note };
    return { ...helper(message, 'recovery.close', data), done: /This case is closed/, landed };
  },
  async '“that was not me”'(stage) {
    const { message, data } = await asked(stage);
    const landed = async () => (await casesOf(stage)) === 1;
    const button = { verb: 'recovery.not-me', data };
    return { person: 'finance', message, ...button, done: /Security was told/, landed };
  },
  async 'deleting passes'(stage) {
    const { message: question } = await asked(stage);
    await stage.press('finance', question, 'recovery.not-me');
    const { id: message, card } = await stage.cardWith('security', 'recovery.drop-passes');
    const landed = async () => (await usableOf(stage)).length === 0;
    const button = { verb: 'recovery.drop-passes', data: { ref: refOf(card) } };
    return { person: 'security', message, ...button, done: /Passes deleted\n/, landed };
  },
  async 'the report'(stage) {
    const { id: message } = await stage.hear('security', 'open cases');
    const landed = async () => true;
    return {
      ...{ person: 'security', message, verb: 'recovery.report', data: {} },
      ...{ done: /^Who signs in with a passkey/, landed },
    };
  },
};

/** In another world, so that the last one does not count. */
export async function readyIn(stage: RecoveryStage, what: string): Promise<Deed> {
  await newWorld(stage);
  const ready = deeds[what];
  if (ready === undefined) throw new TypeError(`Nobody can do this: ${what}`);
  return ready(stage);
}

export function press(stage: RecoveryStage, { person, message, verb, data }: Deed): Promise<InvokeAnswer> {
  return stage.press(person, message, verb, data);
}

/** Passes that open the account of `finance` now. */
export async function usableOf(stage: RecoveryStage) {
  return (await stage.staged('finance')).passes.filter(({ state }) => !/expired|used/i.test(state));
}

function helper(message: string, verb: string, data: object = {}) {
  return { person: 'helpdesk', message, verb, data };
}

async function vouched(stage: RecoveryStage, what: string): Promise<void> {
  await stage.open('finance', what);
  await stage.attest('manager', 'finance');
  await stage.advance('PT11S');
}

async function asked(stage: RecoveryStage) {
  await stage.does('pass', { person: 'finance', by: 'helpdesk', minutes: 60 });
  await stage.advance('PT20S');
  const { id: message, card } = await stage.told('finance', /^Was this you\?/);
  return { message, data: { ref: refOf(card) } };
}

function isSignedOut(stage: RecoveryStage) {
  return async (): Promise<boolean> => (await stage.staged('finance')).sessionsFrom !== null;
}

async function casesOf(stage: RecoveryStage): Promise<number> {
  const { db } = stage.store();
  const open = await db.selectFrom('recovery_cases').select('id').where('closed_at', '=', 0).execute();
  return open.length;
}
