import { appId, appSecret, personByKey, tenantId } from '../../practice/world/people.js';
import { systemClock } from '../../src/base/clock.js';
import { createGraph } from '../../src/graph/create-graph.js';
import type { GraphAs, GraphReader } from '../../src/graph/graph.js';
import { type Actor, actorFrom } from '../../src/identity/actor.js';
import { createIdentity, type Identity } from '../../src/identity/create-identity.js';
import { type HeardLog, heardLog } from '../identity/ports.js';
import { type Visit, visitPractice } from '../practice/visit.js';

export const reference = '12345678-0000-4000-8000-000000000000';

/** Our own client, with real sign-in, in front of the practice tenant. */
export interface PracticeGraph {
  readonly visit: Visit;
  readonly identity: Identity;
  readonly log: HeardLog;
  readonly reader: GraphReader;
  /** Signs the person in and acts as them. */
  as(key: string, ...scopes: string[]): Promise<GraphAs>;
  close(): Promise<void>;
}

export async function openPracticeGraph(): Promise<PracticeGraph> {
  const visit = await visitPractice();
  const log = heardLog();
  const identity = createIdentity(
    {
      appId,
      tenantId,
      credential: { kind: 'secret', secret: appSecret },
      signInUrl: `${visit.url}/sts`,
      ssoResource: `api://botid-${appId}`,
    },
    { clock: systemClock, log },
  );
  const graph = createGraph({
    graphUrl: `${visit.url}/graph`,
    azureUrl: `${visit.url}/arm`,
    ...identity,
    clock: systemClock,
    log,
    random: () => 0,
  });
  return {
    visit,
    identity,
    log,
    reader: graph.reader(reference),
    as: async (key, ...scopes) => {
      const actor = actorOf(key);
      await identity.userTokens.accept(actor, await visit.assertion(key));
      return graph.as(actor, scopes, reference);
    },
    close: () => visit.close(),
  };
}

export function actorOf(key: string): Actor {
  return actorFrom({ tenantId, objectId: idOf(key), name: key, mri: `29:${key}` }, tenantId);
}

export function idOf(key: string): string {
  const person = personByKey(key);
  if (person === undefined) throw new TypeError(`Nobody called ${key}`);
  return person.id;
}
