import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPractice } from '../../practice/practice.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { type BotProcess, startBotProcess } from './bot-process.js';
import { cardText } from './card-text.js';
import { freePort } from './free-port.js';
import { type FlowName, oneFlow } from './one-flow.js';
import { type Entry, type FaultOrder, type RemoteControl, remoteControl } from './remote-control.js';
import { tempFolder } from './temp-folder.js';
import { until } from './until.js';

export type Match = FaultOrder['match'];

/** Where the bot is to die: while it waits for this answer of a service. */
export interface Death {
  readonly hold: Match;
  readonly afterEffect: boolean;
  /** Held only once this is so: the same call stands earlier in the click too. */
  readonly once?: (remote: RemoteControl) => Promise<unknown>;
}

/** The practice tenant in this process, and the bot with one flow in a process of its own, to be killed with kill -9. */
export async function openMortalBot(flow: FlowName) {
  const folder = tempFolder();
  const botPort = await freePort();
  const practice = await startPractice({
    port: 0,
    botUrl: `http://127.0.0.1:${botPort}`,
    dataDir: folder.path,
  });
  const places = { practiceUrl: practice.url, botPort, data: folder.path };
  const remote = remoteControl(practice.url);
  const policyFile = path.join(folder.path, 'policy.yaml');
  writeFileSync(policyFile, oneFlow(flow));
  const startBot = (): Promise<BotProcess> => startBotProcess(places, { LATCHKEY_POLICY: policyFile });
  let bot = await startBot();
  await practice.announce();

  const held = (match: Match): Promise<unknown> =>
    until(`a held ${match.method} ${match.path ?? ''}`, async () =>
      (await remote.requests(match.service)).some(
        ({ method, path, status }) =>
          status === 0 && method === match.method && (match.path === undefined || fits(path, match.path)),
      ),
    );
  return {
    ...remote,
    url: practice.url,
    held,
    /** Presses, waits until the bot hangs there, kills it, and starts another that finds its lease long over. */
    async dieAt({ hold, afterEffect, once }: Death, press: () => Promise<unknown>): Promise<void> {
      const fault = { match: hold, do: { delayMs: 30_000, afterEffect } };
      if (once === undefined) await remote.fault(fault);
      const pressed = press().catch(() => undefined);
      if (once !== undefined) {
        await once(remote);
        await remote.fault(fault);
      }
      await held(hold);
      await bot.kill();
      await remote.clearFaults();
      await pressed;
      bot = await startBot();
      await remote.advance('PT2M');
    },
    card: (person: string, fitting: RegExp): Promise<Entry> =>
      until(`a card for ${person} that says ${fitting}`, async () =>
        (await remote.timeline(person)).findLast((entry) => fitting.test(cardText(entry.card))),
      ),
    /** The record and the claims, read beside the bot. */
    async read<T>(what: (store: Store) => Promise<T>): Promise<T> {
      const store = await openStore({ dataDir: folder.path });
      try {
        return await what(store);
      } finally {
        await store.close();
      }
    },
    openClaims: () => openClaims(folder.path),
    async assertIntact(): Promise<void> {
      const store = await openStore({ dataDir: folder.path });
      const verdict = await verifyRecord(store);
      await store.close();
      assert.equal(verdict.kind, 'intact');
      assert.equal(await openClaims(folder.path), 0, 'a claim was left open');
    },
    async close(): Promise<void> {
      await bot.kill();
      await practice.close();
      folder.remove();
    },
  };
}

export type MortalBot = Awaited<ReturnType<typeof openMortalBot>>;

async function openClaims(dataDir: string): Promise<number> {
  const store = await openStore({ dataDir });
  const open = await store.db.selectFrom('claims').select('id').where('state', '=', 'claimed').execute();
  await store.close();
  return open.length;
}

function fits(path: string, pattern: string): boolean {
  return pattern.startsWith('^') ? new RegExp(pattern).test(path) : path.includes(pattern);
}
