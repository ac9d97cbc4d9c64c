import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startBot } from '../../bot/main.js';
import { startPractice } from '../../practice/practice.js';
import { followPracticeClock } from '../../scripts/practice-clock.js';
import { practiceEnvironment } from '../../scripts/practice-environment.js';
import { cardText } from './card-text.js';
import { freePort } from './free-port.js';
import { type Entry, remoteControl } from './remote-control.js';
import { tempFolder } from './temp-folder.js';
import { until } from './until.js';

/** The practice tenant and the real bot before it, in this process, with everybody introduced; by the text of its policy. */
export async function openStage(policy: string) {
  const folder = tempFolder();
  const policyFile = path.join(folder.path, 'policy.yaml');
  writeFileSync(policyFile, policy);
  const botPort = await freePort();
  const practice = await startPractice({
    port: 0,
    botUrl: `http://127.0.0.1:${botPort}`,
    dataDir: folder.path,
  });
  const places = { practiceUrl: practice.url, botPort, data: folder.path };
  const start = async () => {
    const clock = await followPracticeClock(practice.url);
    const env = { ...practiceEnvironment(places), LATCHKEY_POLICY: policyFile, LATCHKEY_LOG: 'silent' };
    const bot = await startBot(env, { clock });
    clock.onJump(() => void bot.clockMoved());
    return { bot, clock };
  };
  let running = await start();
  await practice.announce();
  const remote = remoteControl(practice.url);
  return {
    ...remote,
    url: practice.url,
    botUrl: `http://127.0.0.1:${botPort}`,
    folder: folder.path,
    /** Another policy, from the next start of the bot on. */
    changePolicy: (text: string): void => writeFileSync(policyFile, text),
    store: () => running.bot.store,
    /** Waits for a card of this person whose text fits. */
    card: (person: string, fits: RegExp): Promise<Entry> => {
      let cards: readonly Entry[] = [];
      const newest = async () => {
        cards = (await remote.timeline(person)).filter(({ card }) => card !== undefined);
        return cards.findLast(({ card }) => fits.test(cardText(card)));
      };
      const there = () => cards.map(({ card }) => cardText(card)).join('\n---\n');
      return until(() => `a card for ${person} that says ${fits}; there are:\n${there()}`, newest);
    },
    writes: async () =>
      (await remote.requests('graph')).filter(
        ({ method, path }) =>
          method !== 'GET' && !path.includes('$batch') && !path.includes('getApplicablePolicyRequirements'),
      ),
    restartBot: async () => {
      running.clock.close();
      await running.bot.close();
      running = await start();
    },
    close: async () => {
      running.clock.close();
      await running.bot.close();
      await practice.close();
      folder.remove();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;
