import type { PracticeContext } from '../context.js';
import { createRouter, type PracticeResponse, type Router } from '../http/router.js';
import { eventStream } from '../http/sse.js';
import { durationMs } from '../world/duration.js';
import { appId, type Person, people, personByKey, tenantId } from '../world/people.js';
import { Refusal } from '../world/refusal.js';
import { entraPanel } from './entra-panel.js';
import {
  accountInput,
  clockInput,
  consentInput,
  faultInput,
  personalConsentInput,
  stepUpInput,
} from './inputs.js';
import { packageRoutes } from './packages.js';
import { pageRoutes } from './pages.js';
import { pimRoutes } from './pim.js';
import { recoveryRoutes } from './recovery.js';
import { reviewRoutes } from './reviews.js';

export interface Teams {
  /** Routes under `/people/…` and `/channels/…` that belong to the Teams side. */
  readonly people: Router;
  readonly announce: () => Promise<void>;
}

/** Everything a test, a script or the room can do to the practice tenant from outside. */
export function remoteControl(ctx: PracticeContext, teams: Teams): Router {
  const router = createRouter((req) => teams.people.handle(req));
  router.on('GET', '/', () => ok(overview(ctx)));
  router.on('GET', '/entra', () => ok(entraPanel(ctx)));
  router.on('GET', '/events', () => eventStream(ctx.events));
  router.on('GET', '/requests', ({ query }) =>
    ok(ctx.log.list({ service: query.get('service') ?? undefined, since: query.get('since') ?? undefined })),
  );
  router.on('GET', '/faults', () => ok(ctx.faults.list()));
  router.on('POST', '/faults', ({ body }) => ok({ id: ctx.faults.add(faultInput(body)) }));
  router.on('DELETE', '/faults', () => done(ctx.faults.clear));
  router.on('POST', '/clock', ({ body }) => {
    ctx.clock.advance(durationMs(clockInput(body).advance) ?? 0);
    return ok(clockNow(ctx));
  });
  router.on('POST', '/reset', () => done(() => reset(ctx)));
  router.on('POST', '/announce', async () => {
    await teams.announce();
    return { status: 204 };
  });
  consentRoutes(ctx, router);
  personRoutes(ctx, router);
  reviewRoutes(ctx, router);
  packageRoutes(ctx, router);
  pimRoutes(ctx, router);
  recoveryRoutes(ctx, router);
  pageRoutes(ctx, router);
  return { ...router, handle: (req) => orSentence(() => router.handle(req)) };
}

function consentRoutes({ tenant: { consents } }: PracticeContext, router: Router): void {
  const all = (): PracticeResponse =>
    ok({ delegated: consents.forEverybody(), application: consents.application() });
  router.on('GET', '/consents', all);
  router.on('POST', '/consents', ({ body }) => {
    const { delegated, application } = consentInput(body);
    if (delegated) consents.changeEverybody(delegated);
    if (application) consents.changeApplication(application);
    return all();
  });
}

function personRoutes({ tenant: { accounts, consents } }: PracticeContext, router: Router): void {
  const about = (name: string, change: (person: Person, body: unknown) => unknown): void =>
    router.on('POST', `/people/:key/${name}`, ({ params, body }) => {
      const { key = '' } = params;
      const person = personByKey(key);
      if (!person) return sentence(404, `Nobody here has the key "${key}".`);
      return ok(change(person, body));
    });
  about('consent', (person, body) => {
    consents.changePerson(person.id, personalConsentInput(body));
    return { delegated: consents.delegated(person.id) };
  });
  about('step-up', (person, body) => {
    const { require, scopes } = stepUpInput(body);
    accounts.setStepUp(person.id, require === null ? undefined : { require, scopes: scopes ?? [] });
    return { require };
  });
  about('account', (person, body) => {
    accounts.setEnabled(person, accountInput(body).enabled);
    return { enabled: accounts.enabled(person) };
  });
}

function overview(ctx: PracticeContext): unknown {
  const url = ctx.publicUrl;
  return {
    tenantId,
    appId,
    people: people.map(({ key, id, displayName, userPrincipalName, jobTitle, userType }) => ({
      ...{ key, id, displayName, userPrincipalName, jobTitle, userType },
    })),
    urls: {
      bot: ctx.botUrl,
      graph: `${url}/graph`,
      azure: `${url}/arm`,
      signIn: `${url}/sts`,
      connector: `${url}/connector`,
      drive: `${url}/drive`,
      room: `${url}/`,
    },
    clock: clockNow(ctx),
  };
}

function clockNow({ clock }: PracticeContext): unknown {
  return { now: clock.now().toISOString(), offsetMs: clock.offsetMs() };
}

// The log goes too: a test that begins anew must not find what another one did.
function reset(ctx: PracticeContext): void {
  ctx.faults.clear();
  ctx.log.clear();
  ctx.snapshot.reset();
  ctx.events.publish({ kind: 'reset' });
}

async function orSentence(work: () => Promise<PracticeResponse>): Promise<PracticeResponse> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return sentence(error.status, error.message);
    throw error;
  }
}

function sentence(status: number, message: string): PracticeResponse {
  return { status, body: { error: message } };
}

function ok(body: unknown): PracticeResponse {
  return { status: 200, body };
}

function done(work: () => void): PracticeResponse {
  work();
  return { status: 204 };
}
