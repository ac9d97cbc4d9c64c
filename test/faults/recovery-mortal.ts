import assert from 'node:assert/strict';
import { startPractice } from '../../practice/practice.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { type BotProcess, startBotProcess } from '../support/bot-process.js';
import { freePort } from '../support/free-port.js';
import type { Match } from '../support/mortal-bot.js';
import { walkOf } from '../support/recovery-walk.js';
import { type RemoteControl, remoteControl } from '../support/remote-control.js';
import { tempFolder } from '../support/temp-folder.js';
import { until } from '../support/until.js';

/** Slow enough to take the database away while the call is under way. */
const slow = 1_000;

/** A bot in a process of its own that dies after Entra has answered a write, and before anything of that is written down. */
export async function openRecoveryMortal() {
  const folder = tempFolder();
  const botPort = await freePort();
  const practice = await startPractice({
    port: 0,
    botUrl: `http://127.0.0.1:${botPort}`,
    dataDir: folder.path,
  });
  const places = { practiceUrl: practice.url, botPort, data: folder.path };
  const remote = remoteControl(practice.url);
  let bot: BotProcess = await startBotProcess(places);
  await practice.announce();
  const walk = walkOf(remote);

  /** The store, read beside the bot. */
  const read = async <T>(what: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({ dataDir: folder.path });
    try {
      return await what(store);
    } finally {
      await store.close();
    }
  };
  const openClaims = (): Promise<number> =>
    read(async ({ db }) => {
      const open = await db.selectFrom('claims').select('id').where('state', '=', 'claimed').execute();
      return open.length;
    });
  return {
    ...remote,
    walk,
    read,
    /** Nothing that is due waits: a press would share the few seconds that it has. */
    async idle(): Promise<void> {
      const { clock } = await remote.get<{ clock: { now: string } }>('');
      const isIdle = () =>
        read(async ({ db }) => {
          const due = db.selectFrom('jobs').select('id').where('state', '=', 'waiting');
          const now = new Date(clock.now).getTime();
          return (await due.where('run_at', '<=', now).executeTakeFirst()) === undefined;
        });
      await until('the jobs that are due', isIdle, 1_000).catch(() => undefined);
    },
    async dieUnsettled(write: Match, press: () => Promise<unknown>): Promise<void> {
      const before = (await answers(remote, write)).length;
      await remote.fault({ match: write, do: { delayMs: slow, afterEffect: true } });
      let answer: unknown;
      const pressed = press().then(
        (found) => {
          answer = found;
        },
        () => undefined,
      );
      await until('the write', async () => {
        assert.equal(answer, undefined, `nothing was written: ${JSON.stringify(answer)}`);
        return (await answers(remote, write)).slice(before).includes(0);
      });
      // As long as somebody else writes, the bot cannot: what Entra answers meanwhile is in its memory alone.
      await read((store) =>
        store.write(async () => {
          await until('the answer', async () => (await answers(remote, write)).slice(before).some(isDone));
          await bot.kill();
        }),
      );
      await remote.clearFaults();
      await pressed;
      assert.equal(await openClaims(), 1, 'it died before that was settled');
      bot = await startBotProcess(places);
      await remote.advance('PT2M');
      await walk.inTime('every claim to be healed', async () => (await openClaims()) === 0);
    },
    /** How often Entra did what this call asks for. */
    landed: async (write: Match): Promise<number> => (await answers(remote, write)).filter(isDone).length,
    async assertIntact(): Promise<void> {
      assert.equal((await read(verifyRecord)).kind, 'intact');
      assert.equal(await openClaims(), 0, 'a claim was left open');
    },
    async close(): Promise<void> {
      await bot.kill();
      await practice.close();
      folder.remove();
    },
  };
}

export type RecoveryMortal = Awaited<ReturnType<typeof openRecoveryMortal>>;

/** What such calls were answered with; 0: not yet. */
async function answers(remote: RemoteControl, { service, method, path = '' }: Match) {
  const calls = await remote.requests(service);
  return calls
    .filter((call) => call.method === method && call.path.includes(path))
    .map(({ status }) => status);
}

function isDone(status: number): boolean {
  return status >= 200 && status < 300;
}
