import { startPractice } from './practice.js';

const practice = await startPractice({
  port: Number(process.env.PRACTICE_PORT ?? 3979),
  botUrl: process.env.PRACTICE_BOT_URL ?? 'http://127.0.0.1:3978',
  dataDir: process.env.PRACTICE_DATA ?? 'data/practice',
});
console.log(`The practice tenant is open at ${practice.url}`);
console.log(`When the bot is up: curl -X POST ${practice.url}/practice/announce`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    practice.close().then(() => process.exit(0));
  });
}
