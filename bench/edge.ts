import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startPractice } from '../practice/practice.js';
import { makeSigningKeys } from '../practice/sign-in/keys.js';
import { createTokens } from '../practice/sign-in/tokens.js';
import { invokeActivity } from '../practice/teams/activities.js';
import { people } from '../practice/world/people.js';
import { practiceEnvironment } from '../scripts/practice-environment.js';
import { type Load, load, type Target } from './load.js';
import { quantile, type Section, short } from './page.js';
import type { Place } from './place.js';

const warmUpMs = 1_500;
const measureMs = 1_500;
const rounds = 3;

/** What the way in costs: a press of a verb that needs no Graph, against a server that knows its answer by heart. */
export async function edge({ data, port: botPort, otherPort }: Place): Promise<Section> {
  const botUrl = `http://127.0.0.1:${botPort}`;
  const keys = await makeSigningKeys();
  const practice = await startPractice({ port: 0, botUrl, dataDir: data, keys });
  const env = practiceEnvironment({ practiceUrl: practice.url, botPort, data });
  const bot = child('../scripts/practice-bot.js', { ...env, PRACTICE_URL: practice.url });
  const serviceUrl = `${practice.url}/connector/`;
  const token = createTokens(keys).botFrameworkToken({ serviceUrl });
  const press: Target = { port: botPort, pid: bot.pid ?? 0, body: pressBody(serviceUrl), token, status: 200 };
  const answer = await firstAnswer(press);
  const raw = child('./raw-server.js', { RAW_PORT: String(otherPort), RAW_BODY: answer });
  await once(raw, 'message');
  const floor = { ...press, port: otherPort, pid: raw.pid ?? 0 };
  const forged = { ...press, token: withOtherSignature(token), status: 401 };
  const loads = await quietest([floor, press, forged]);
  for (const each of [raw, bot]) if (each.kill()) await once(each, 'exit');
  await practice.close();
  return report(answer.length, loads);
}

function report(bytes: number, loads: readonly Load[]): Section {
  const names = ['node:http with the same body', 'a press', 'a press with a wrong signature'];
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
  const file = fileURLToPath(new URL(entry, import.meta.url));
  return fork(file, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function firstAnswer({ port, token, body }: Target): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const ask = () => fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers, body });
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer?.ok) return answer.text();
  }
}

/** By turns, so that what else the machine does hits all alike; of each the round with the most requests. */
async function quietest(targets: readonly Target[]): Promise<readonly Load[]> {
  const best: Load[] = [];
  for (const target of targets) best.push(await load(target, warmUpMs));
  for (let round = 0; round < rounds; round++) {
    for (const [index, target] of targets.entries()) {
      const measured = await load(target, measureMs);
      if (measured.perSecond > (best[index]?.perSecond ?? 0)) best[index] = measured;
    }
  }
  return best;
}

function pressBody(serviceUrl: string): string {
  const [person] = people;
  if (person === undefined) throw new Error('Nobody lives in the practice tenant.');
  const press = { messageId: '1', action: { verb: 'house.help', data: {} }, trigger: 'manual' } as const;
  return JSON.stringify(invokeActivity({ person, serviceUrl, at: new Date() }, press));
}

/** Not the last letter: some of its bits are read by nobody. */
function withOtherSignature(token: string): string {
  const at = token.lastIndexOf('.') + 5;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}
