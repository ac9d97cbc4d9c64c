import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { startBot } from '../../bot/main.js';
import { startPractice } from '../../practice/practice.js';
import { followPracticeClock } from '../../scripts/practice-clock.js';
import { practiceEnvironment } from '../../scripts/practice-environment.js';
import { freePort } from '../support/free-port.js';
import { oneFlow } from '../support/one-flow.js';
import { remoteControl } from '../support/remote-control.js';
import { tempFolder } from '../support/temp-folder.js';

const bothKnow = { LATCHKEY_LINK_KEY: 'only these two bots seal their links with it' };

/** Two bots before one database, and in front of them a door that hands what comes to one or the other. */
export async function openRecoveryPair(databaseUrl: string) {
  const folder = tempFolder();
  const policy = path.join(folder.path, 'policy.yaml');
  writeFileSync(policy, oneFlow('recovery'));
  const botPorts = [await freePort(), await freePort()];
  const presses = new Map<string, number>();
  /** Of presses of the same button each goes to the other bot than the one before. */
  const portFor = (body: Buffer): number => {
    const verb = /"verb":"([^"]*)"/.exec(body.toString())?.[1] ?? '';
    const count = presses.get(verb) ?? 0;
    presses.set(verb, count + 1);
    return botPorts[count % botPorts.length] ?? 0;
  };
  const door = createServer((request, response) => void pass(request, response, portFor));
  const doorPort = await freePort();
  door.listen(doorPort, '127.0.0.1');
  await once(door, 'listening');
  const practice = await startPractice({
    port: 0,
    botUrl: `http://127.0.0.1:${doorPort}`,
    dataDir: folder.path,
  });
  const start = async (botPort: number) => {
    const clock = await followPracticeClock(practice.url);
    const places = { practiceUrl: practice.url, botPort, data: folder.path };
    const env = { ...practiceEnvironment(places), ...bothKnow, LATCHKEY_POLICY: policy };
    const bot = await startBot(
      { ...env, LATCHKEY_LOG: 'silent', LATCHKEY_DATABASE_URL: databaseUrl },
      { clock },
    );
    clock.onJump(() => void bot.clockMoved());
    return { bot, clock };
  };
  const bots = await Promise.all(botPorts.map(start));
  await practice.announce();
  const [first] = bots;
  if (first === undefined) throw new TypeError('There is no bot');
  return {
    ...remoteControl(practice.url),
    store: first.bot.store,
    close: async (): Promise<void> => {
      for (const { bot, clock } of bots) {
        clock.close();
        await bot.close();
      }
      await practice.close();
      door.close();
      door.closeAllConnections();
      folder.remove();
    },
  };
}

export type RecoveryPair = Awaited<ReturnType<typeof openRecoveryPair>>;

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  portFor: (body: Buffer) => number,
): Promise<void> {
  try {
    const body = await buffer(request);
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
    const answer = await fetch(`http://127.0.0.1:${portFor(body)}${request.url ?? '/'}`, {
      method: request.method ?? 'GET',
      headers: { authorization, 'content-type': type },
      ...(request.method === 'POST' ? { body } : {}),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    response.destroy();
  }
}
