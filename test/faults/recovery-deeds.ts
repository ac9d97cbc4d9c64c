import { refOf } from '../support/on-card.js';
import type { RecoveryStage } from '../support/recovery-stage.js';
import type { InvokeAnswer } from '../support/remote-control.js';

const note = 'Saw her on video, and she knew our first project';

/** A button that can be pressed, how its answer tells that it is done, and whether it is. */
export interface Deed {
  /** Whose case it is. */
  readonly about: string;
  readonly person: string;
  readonly message: string;
  readonly verb: string;
  readonly data: object;
  readonly done: RegExp;
  readonly landed: () => Promise<boolean>;
}

type Ready = (stage: RecoveryStage, about: string) => Promise<Omit<Deed, 'about'>>;

/** Everything that somebody presses in a case, each ready to be pressed in a world of its own. */
export const deeds: Readonly<Record<string, Ready>> = {
  async 'making the pass'(stage, about) {
    await vouched(stage, about, 'new-phone');
    const { id: message } = await stage.issueCard('helpdesk', about);
    const landed = async () => (await usableOf(stage, about)).length > 0;
    return { ...helper(message, 'recovery.issue'), done: /^Read this out/, landed };
  },
  async 'removing what was lost'(stage, about) {
    await vouched(stage, about, 'lost');
    const { id: message, card } = await stage.cardWith('helpdesk', 'recovery.remove');
    const lost = async () =>
      (await stage.staged(about)).methods.filter(({ kind }) => kind !== 'password').map(({ id }) => id);
    const data = { ref: refOf(card), step: 'remove', methods: (await lost()).join(',') };
    const landed = async () => (await lost()).length === 0;
    return { ...helper(message, 'recovery.remove', data), done: /✓ What was lost is gone/, landed };
  },
  async 'signing them out'(stage, about) {
    await stage.open(about, 'stolen');
    const { id: message, card } = await stage.cardWith('helpdesk', 'recovery.revoke');
    const done = /✓ Signed out everywhere/;
    return {
      ...helper(message, 'recovery.revoke', { ref: refOf(card) }),
      ...{ done, landed: await signedOut(stage, about) },
    };
  },
  async 'signing out oneself'(stage, about) {
    const { id: message, answer } = await stage.open(about, 'stolen');
    const button = { verb: 'recovery.sign-out', data: { ref: refOf(answer.value) } };
    const done = /✓ You (are|were) signed out everywhere/;
    return { person: about, message, ...button, done, landed: await signedOut(stage, about) };
  },
  async vouching(stage, about) {
    await stage.open(about, 'new-phone');
    const { id: message, card } = await stage.cardWith('manager', 'recovery.attest');
    const data = { ref: refOf(card), how: 'video', note };
    const landed = async () => JSON.parse((await stage.caseOf(about)).attested).length === 1;
    return {
      person: 'manager',
      message,
      verb: 'recovery.attest',
      data,
      done: /^You vouched for them/,
      landed,
    };
  },
  async 'opening a case'(stage, about) {
    const { id: message } = await stage.hear(about, 'I cannot sign in');
    const landed = async () => (await casesOf(stage)) === 1;
    const button = { verb: 'recovery.open', data: { what: 'new-phone' } };
    return { person: about, message, ...button, done: /^Help is on its way/, landed };
  },
  async 'closing a case'(stage, about) {
    await vouched(stage, about, 'broken');
    await stage.pass('helpdesk', about);
    const { id: message, card } = await stage.cardWith('helpdesk', 'recovery.close');
    const landed = async () =>
      (await stage.caseOf(about)).state === 'closed' && (await usableOf(stage, about)).length === 0;
    const data = { ref: refOf(card), note };
    return { ...helper(message, 'recovery.close', data), done: /This case is closed/, landed };
  },
  async '“that was not me”'(stage, about) {
    const { message, data } = await asked(stage, about);
    const landed = async () => (await casesOf(stage)) === 1;
    const button = { verb: 'recovery.not-me', data };
    return { person: about, message, ...button, done: /Security was told/, landed };
  },
  async 'deleting passes'(stage, about) {
    const { message: question } = await asked(stage, about);
    await stage.press(about, question, 'recovery.not-me');
    const { id: message, card } = await stage.cardWith('security', 'recovery.drop-passes');
    const landed = async () => (await usableOf(stage, about)).length === 0;
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
export async function readyIn(stage: RecoveryStage, what: string, about: string): Promise<Deed> {
  await nextWorld(stage);
  const ready = deeds[what];
  if (ready === undefined) throw new TypeError(`Nobody can do this: ${what}`);
  return { about, ...(await ready(stage, about)) };
}

export function press(stage: RecoveryStage, { person, message, verb, data }: Deed): Promise<InvokeAnswer> {
  return stage.press(person, message, verb, data);
}

/** Passes that open somebody's account now. */
export async function usableOf(stage: RecoveryStage, about: string) {
  return (await stage.staged(about)).passes.filter(({ state }) => !/expired|used/i.test(state));
}

/** Its clock goes on at once: what the bot has put off would be far away in one that began anew. */
async function nextWorld(stage: RecoveryStage): Promise<void> {
  await stage.idle();
  await stage.store().write(async (tx) => {
    for (const table of ['recovery_cases', 'method_changes'] as const) await tx.deleteFrom(table).execute();
    const following = tx.deleteFrom('jobs').where('kind', 'like', 'recovery.%');
    await following.where('kind', 'not in', background).execute();
  });
  const before = await stage.now();
  await stage.reset();
  const behindMs = before.getTime() - (await stage.now()).getTime();
  await stage.jump(`PT${Math.max(0, Math.ceil(behindMs / 1000)) + 11}S`);
  await stage.idle();
}

const background = ['recovery.watch', 'recovery.changes', 'recovery.inventory'];

function helper(message: string, verb: string, data: object = {}) {
  return { person: 'helpdesk', message, verb, data };
}

async function vouched(stage: RecoveryStage, about: string, what: string): Promise<void> {
  await stage.open(about, what);
  await stage.attest('manager', about);
  await stage.advance('PT11S');
}

async function asked(stage: RecoveryStage, about: string) {
  await stage.does('pass', { person: about, by: 'helpdesk', minutes: 60 });
  await stage.advance('PT20S');
  const { id: message, card } = await stage.told(about, /^Was this you\?/);
  return { message, data: { ref: refOf(card) } };
}

/** Since now: from some moment on everybody is signed in. */
async function signedOut(stage: RecoveryStage, about: string): Promise<() => Promise<boolean>> {
  const since = async () => (await stage.staged(about)).sessionsFrom;
  const before = await since();
  return async () => (await since()) !== before;
}

async function casesOf(stage: RecoveryStage): Promise<number> {
  const { db } = stage.store();
  const open = await db.selectFrom('recovery_cases').select('id').where('closed_at', '=', 0).execute();
  return open.length;
}
