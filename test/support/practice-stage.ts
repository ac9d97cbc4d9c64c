import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Practice, startPractice } from '../../practice/practice.js';
import { type EchoBot, startEchoBot } from './echo-bot.js';
import { withCard } from './invoke-answers.js';

export interface Shown {
  readonly id: string;
  readonly from: string;
  readonly at: string;
  readonly updatedAt?: string;
  readonly text?: string;
  readonly card?: Readonly<Record<string, unknown>>;
  readonly notice?: { readonly kind: string; readonly text: string };
  readonly prompt?: {
    readonly kind: string;
    readonly text: string;
    readonly title: string;
    readonly url: string;
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what came back is looked at field by field.
  readonly body: any;
}

/** A practice tenant and an echo bot that know each other; everything people do goes through the remote control. */
export interface PracticeStage {
  readonly practice: Practice;
  readonly bot: EchoBot;
  post(path: string, body?: unknown): Promise<Reply>;
  get(path: string): Promise<Reply>;
  /** The chat of a person once no refresh is under way. */
  timeline(key: string): Promise<readonly Shown[]>;
  /** The bot sends this card to this person; answers the id of the message. */
  sendCard(key: string, card: object): Promise<string>;
  editCard(key: string, id: string, card: object): Promise<void>;
  entry(key: string, id: string): Promise<Shown | undefined>;
  press(key: string, card: string, verb: string, data?: object, more?: object): Promise<Reply>;
  /** The practice tenant stops and starts again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openPracticeStage(): Promise<PracticeStage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-stage-'));
  const bot = await startEchoBot();
  let practice = await startPractice({ port: 0, botUrl: bot.url, dataDir });
  bot.join(practice.url);

  const call = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const response = await fetch(`${practice.url}/practice${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  };

  // Tests send faster than Teams allows; a bot that is told to wait gets its turn after a jump of the practice clock.
  const connector = async (method: string, path: string, card: object): Promise<string> => {
    const first = await bot.connector(method, path, withCard(card));
    if (first.status !== 429) return String(first.body.id);
    await call('POST', '/clock', { advance: 'PT2S' });
    return String((await bot.connector(method, path, withCard(card))).body.id);
  };
  const timeline = async (key: string): Promise<readonly Shown[]> =>
    (await call('GET', `/people/${key}/timeline?settled=true`)).body;

  return {
    get practice() {
      return practice;
    },
    bot,
    post: (path, body) => call('POST', path, body),
    get: (path) => call('GET', path),
    timeline,
    sendCard: (key, card) => connector('POST', `/a:1-${key}/activities`, card),
    editCard: async (key, id, card) => {
      await connector('PUT', `/a:1-${key}/activities/${id}`, card);
    },
    entry: async (key, id) => (await timeline(key)).find((shown) => shown.id === id),
    press: (key, card, verb, data = {}, more = {}) =>
      call('POST', `/people/${key}/cards/${card}/actions`, { verb, data, ...more }),
    restart: async () => {
      await practice.close();
      practice = await startPractice({ port: 0, botUrl: bot.url, dataDir });
      bot.join(practice.url);
    },
    close: async () => {
      await practice.close();
      await bot.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
