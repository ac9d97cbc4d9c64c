import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { startPractice } from '../practice/practice.js';
import { makeSigningKeys } from '../practice/sign-in/keys.js';
import { createTokens } from '../practice/sign-in/tokens.js';
import { invokeActivity } from '../practice/teams/activities.js';
import { people } from '../practice/world/people.js';
import { practiceEnvironment } from '../scripts/practice-environment.js';
import { bestOf, type Load, type Target } from './load.js';
import { quantile, type Section, short } from './page.js';

const ports = { bot: 3985, raw: 3986 };
const names = ['node:http with the same body', 'a press', 'a press with a wrong signature'];

/** What the way in costs: a press of a verb that needs no Graph, against a server that knows its answer by heart. */
export async function edge(data: string): Promise<Section> {
  const keys = await makeSigningKeys();
  const botUrl = `http://127.0.0.1:${ports.bot}`;
  const practice = await startPractice({ port: 0, botUrl, dataDir: data, keys });
  const env = practiceEnvironment({ practiceUrl: practice.url, botPort: ports.bot, data });
  const bot = child('../scripts/practice-bot.js', { ...env, PRACTICE_URL: practice.url });
  const serviceUrl = `${practice.url}/connector/`;
  const token = createTokens(keys).botFrameworkToken({ serviceUrl });
  const help = { messageId: '1', action: { verb: 'house.help', data: {} }, trigger: 'manual' } as const;
  const activities = people.map((person) => invokeActivity({ person, serviceUrl, at: new Date() }, help));
  const body = JSON.stringify(activities[0]);
  const press = { port: ports.bot, pid: bot.pid ?? 0, body, token, status: 200 };
  const answer = await firstAnswer(press, bot);
  const raw = child('./raw-server.js', { RAW_PORT: String(ports.raw), RAW_BODY: answer });
  await once(raw, 'message');
  const floor = { ...press, port: ports.raw, pid: raw.pid ?? 0 };
  // The right key by name, and the signature of another.
  const forger = createTokens({ ...keys, channel: { ...keys.tenant, kid: keys.channel.kid } });
  const forged = { ...press, token: forger.botFrameworkToken({ serviceUrl }), status: 401 };
  const loads = await bestOf(3, [floor, press, forged]);
  for (const each of [raw, bot]) if (each.kill()) await once(each, 'exit');
  await practice.close();
  return report(answer.length, loads);
}

function report(bytes: number, loads: readonly Load[]): Section {
  const rows = loads.map(({ perSecond, cpuMs, samples }, index) => [
    names[index] ?? '',
    short(perSecond / (loads[0]?.perSecond ?? 0)),
    short(cpuMs / (loads[0]?.cpuMs ?? 0)),
    ...[perSecond, quantile(samples, 0.5), quantile(samples, 0.99), cpuMs].map(short),
  ]);
  return {
    title: 'The way in',
    text: `A press of \`house.help\`, which needs no Graph, through the whole edge: token (verified before and remembered, as with most
calls of Teams), shape, router, card (${short(bytes)} bytes); 8 connections that are kept. A wrong signature is checked each time.`,
    head: ['', 'requests : raw', 'CPU : raw', 'requests/s*', 'p50 ms*', 'p99 ms*', 'CPU ms each*'],
    rows,
  };
}

/** Its log goes to nowhere: a terminal that scrolls would be measured too. */
function child(entry: string, env: Readonly<Record<string, string>>): ChildProcess {
  const stdio: StdioOptions = ['ignore', 'ignore', 'inherit', 'ipc'];
  return fork(new URL(entry, import.meta.url), { env: { ...process.env, ...env }, stdio });
}

async function firstAnswer({ port, token, body }: Target, bot: ChildProcess): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const ask = () => fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers, body });
  for (; bot.exitCode === null; await pause(50)) {
    const answer = await ask().catch(() => undefined);
    if (answer?.ok) return answer.text();
  }
  throw new Error('The bot did not start.');
}
