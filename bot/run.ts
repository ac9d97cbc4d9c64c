import { systemClock } from '../src/base/clock.js';
import { startBot } from './main.js';

const bot = await startBot(process.env, { clock: systemClock });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void bot.close().then(() => process.exit(0)));
}
