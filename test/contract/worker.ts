import { systemClock } from '../../src/base/clock.js';
import { systemIds } from '../../src/base/ids.js';
import { createJobLoop } from '../../src/jobs/job-loop.js';
import { openStore, type StoreOptions } from '../../src/store/open-store.js';
import { heardLog } from '../support/heard-log.js';

/** A process that takes jobs and says so, but never ends one; it is made to be killed. */
const [options = '{}'] = process.argv.slice(2);
createJobLoop({
  store: await openStore(JSON.parse(options) as StoreOptions),
  clock: systemClock,
  ids: systemIds,
  log: heardLog(),
  random: () => 0.5,
  handlers: {
    work: (job) => {
      process.stdout.write(`${job.id}\n`);
      return new Promise(() => undefined);
    },
  },
}).start();
