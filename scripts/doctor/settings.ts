import path from 'node:path';
import type { Env } from '../../src/base/config.js';
import { projectRoot } from '../../src/base/project-root.js';
import { type Fetch, look } from './look.js';

export interface Settings {
  readonly env: Env;
  readonly practice: boolean;
}

/** The environment as it is; without any settings, a practice tenant that runs on this machine is examined instead. */
export async function settings(env: Env, fetch: Fetch): Promise<Settings> {
  const own = { env, practice: false };
  if ((env.MICROSOFT_APP_ID ?? '').trim() !== '' || env.NODE_ENV === 'production') return own;
  const practiceUrl = `http://127.0.0.1:${env.PRACTICE_PORT ?? 3979}`;
  const answer = await look(`${practiceUrl}/practice/`, { fetch });
  if (answer.kind === 'silence' || answer.status !== 200) return own;
  // Loaded only here: a production image holds no practice tenant.
  const { practiceEnvironment } = await import('../practice-environment.js');
  const data = path.resolve(env.LATCHKEY_DATA ?? path.join(projectRoot(), 'data'));
  const botPort = Number(env.LATCHKEY_PORT ?? 3978);
  return { env: { ...env, ...practiceEnvironment({ practiceUrl, botPort, data }) }, practice: true };
}
