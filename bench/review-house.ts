import path from 'node:path';
import { startPractice } from '../practice/practice.js';
import type { SigningKeys } from '../practice/sign-in/keys.js';
import { createTokens } from '../practice/sign-in/tokens.js';
import { appId, appSecret, personByKey, tenantId } from '../practice/world/people.js';
import { systemClock } from '../src/base/clock.js';
import { systemIds } from '../src/base/ids.js';
import { createLog } from '../src/base/log.js';
import { projectRoot } from '../src/base/project-root.js';
import { systemSleep } from '../src/base/sleep.js';
import type { HouseServices } from '../src/flows/turn.js';
import { createGraph } from '../src/graph/create-graph.js';
import { createIdentity } from '../src/identity/create-identity.js';
import { loadPolicy } from '../src/policy/load-policy.js';
import { openStore } from '../src/store/open-store.js';
import { remote } from './remote.js';
import { type Made, reviewer, writeWorld } from './review-world.js';

export interface ReviewHouse {
  readonly services: HouseServices;
  readonly control: ReturnType<typeof remote>;
  /** The reviewer decides in the portal, past the bot. */
  decide(decisionPath: string): Promise<void>;
  close(): Promise<void>;
}

/** The services of the bot before a practice tenant with these reviews; nothing in it runs by itself. */
export async function openReviewHouse(
  folder: string,
  keys: SigningKeys,
  reviews: readonly Made[],
): Promise<ReviewHouse> {
  writeWorld(folder, reviews);
  const practice = await startPractice({ port: 0, botUrl: 'http://127.0.0.1:9', dataDir: folder, keys });
  const store = await openStore({ dataDir: folder });
  const ports = { clock: systemClock, log: createLog({ level: 'silent' }) };
  const signInUrl = `${practice.url}/sts`;
  const credential = { kind: 'secret', secret: appSecret } as const;
  const who = { appId, tenantId, credential, signInUrl, ssoResource: `api://botid-${appId}` };
  const graphUrl = `${practice.url}/graph`;
  const graph = createGraph({ graphUrl, ...createIdentity(who, ports), ...ports, random: () => 0 });
  return {
    services: {
      ...{ store, graph, tenantId, ...ports, ids: systemIds, owner: 'bench', sleep: systemSleep },
      policy: await loadPolicy(path.join(projectRoot(), 'policy.yaml')),
      wake: () => undefined,
    },
    control: remote(practice.url),
    decide: async (decisionPath) => {
      const person = personByKey(reviewer);
      if (person === undefined) throw new Error(`Nobody is called ${reviewer}`);
      const token = createTokens(keys).graphUserToken(person, ['AccessReview.ReadWrite.All']);
      const answer = await fetch(`${graphUrl}/v1.0${decisionPath}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ decision: 'Approve', justification: 'Still searches it every week' }),
      });
      if (!answer.ok) throw new Error(`${decisionPath}: ${answer.status} ${await answer.text()}`);
    },
    close: async () => {
      await store.close();
      await practice.close();
    },
  };
}
