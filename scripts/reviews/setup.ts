import { systemClock } from '../../src/base/clock.js';
import { type Config, type Env, explainProblems, readConfig } from '../../src/base/config.js';
import { systemIds } from '../../src/base/ids.js';
import { createLog } from '../../src/base/log.js';
import { createGraph } from '../../src/graph/create-graph.js';
import type { GraphReader } from '../../src/graph/graph.js';
import { createIdentity } from '../../src/identity/create-identity.js';
import { settings } from '../doctor/settings.js';

export interface Setup {
  readonly config: Config;
  readonly reader: GraphReader;
}

/** Graph as the bot itself sees it: it can look, and has no way to change anything. */
export async function asReader(environment: Env): Promise<Setup> {
  const { env } = await settings(environment, fetch);
  const read = readConfig(env);
  if (read.kind === 'problems') throw new Error(explainProblems(read.problems));
  const { config } = read;
  const log = createLog({ level: 'silent' });
  const identity = createIdentity(config.identity, { clock: systemClock, log });
  const { graphUrl } = config;
  const graph = createGraph({ ...identity, graphUrl, clock: systemClock, log, random: Math.random });
  return { config, reader: graph.reader(systemIds.guid()) };
}
