import { startBot } from '../bot/main.js';
import { followPracticeClock } from './practice-clock.js';

/** The same bot as in production, started with a clock that follows the practice tenant's. */
const clock = await followPracticeClock(process.env.PRACTICE_URL ?? '');
const bot = await startBot(process.env, { clock });
clock.onJump(() => void bot.clockMoved());
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void bot.close().then(() => process.exit(0)));
}
