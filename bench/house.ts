import path from 'node:path';
import { startPractice } from '../practice/practice.js';
import type { SigningKeys } from '../practice/sign-in/keys.js';
import { createTokens } from '../practice/sign-in/tokens.js';
import { appId, appSecret, personByKey, tenantId } from '../practice/world/people.js';
import { systemIds } from '../src/base/ids.js';
import { createLog } from '../src/base/log.js';
import { projectRoot } from '../src/base/project-root.js';
import { systemSleep } from '../src/base/sleep.js';
import type { HouseServices } from '../src/flows/turn.js';
import { createGraph } from '../src/graph/create-graph.js';
import { createIdentity } from '../src/identity/create-identity.js';
import { loadPolicy } from '../src/policy/load-policy.js';
import { openStore } from '../src/store/open-store.js';
import { type Remote, remote } from './remote.js';

export interface House {
  readonly services: HouseServices;
  readonly control: Remote;
  /** Somebody changes something in the portal, past the bot. */
  inPortal(
    person: string,
    scope: string,
    path: string,
    body: object,
    method?: 'PATCH' | 'POST',
  ): Promise<void>;
  /** Time goes on for the bot and for Entra. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** The services of the bot before a practice tenant; nothing in it runs by itself. */
export async function openHouse(folder: string, keys: SigningKeys): Promise<House> {
  const practice = await startPractice({ port: 0, botUrl: 'http://127.0.0.1:9', dataDir: folder, keys });
  const store = await openStore({ dataDir: folder });
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const ports = { clock, log: createLog({ level: 'silent' }) };
  const credential = { kind: 'secret', secret: appSecret } as const;
  const signInUrl = `${practice.url}/sts`;
  const who = { appId, tenantId, credential, signInUrl, ssoResource: `api://botid-${appId}` };
  const graphUrl = `${practice.url}/graph`;
  const graph = createGraph({ graphUrl, ...createIdentity(who, ports), ...ports, random: () => 0 });
  const control = remote(practice.url);
  return {
    services: {
      ...{ store, graph, tenantId, ...ports, ids: systemIds, owner: 'bench', sleep: systemSleep },
      policy: await loadPolicy(path.join(projectRoot(), 'policy.yaml')),
      contexts: () => [],
      wake: () => undefined,
    },
    control,
    inPortal: async (key, scope, where, body, method = 'PATCH') => {
      const person = personByKey(key);
      if (person === undefined) throw new Error(`Nobody is called ${key}`);
      const token = createTokens(keys).graphUserToken(person, [scope]);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const change = { method, headers, body: JSON.stringify(body) };
      const answer = await fetch(`${graphUrl}/v1.0${where}`, change);
      if (!answer.ok) throw new Error(`${where}: ${answer.status} ${await answer.text()}`);
    },
    advance: async (ms) => {
      aheadMs += ms;
      await control.post('clock', { advance: `PT${ms / 1000}S` });
    },
    close: async () => {
      await store.close();
      await practice.close();
    },
  };
}
