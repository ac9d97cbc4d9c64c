import { z } from 'zod/v4';
import { type Fetch, type LookOptions, look, said } from './look.js';
import { resourceApps } from './resources.js';

/** What was granted to the bot, as the directory tells it. */
export type Consent =
  | {
      readonly kind: 'seen';
      readonly application: readonly string[];
      /** Application permissions of anything but Microsoft Graph, with the name of what they open. */
      readonly elsewhere: readonly string[];
      /** Scopes; those of anything but Microsoft Graph with what they open before them. */
      readonly forEverybody: readonly string[];
      /** What was looked at besides Microsoft Graph: the tenant knows it. */
      readonly resources: readonly string[];
    }
  | { readonly kind: 'unseen'; readonly said: string };

export interface ConsentPlace {
  readonly graphUrl: string;
  readonly appId: string;
  readonly bearer: string;
  readonly fetch: Fetch;
}

const graphAppId = '00000003-0000-0000-c000-000000000000';
const page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });
const principal = z.object({
  id: z.string(),
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })).default([]),
});
const assignment = z.object({
  appRoleId: z.string(),
  resourceId: z.string(),
  resourceDisplayName: z.string().nullish(),
});
const grant = z.object({ consentType: z.string(), resourceId: z.string(), scope: z.string().nullish() });

class Unseen extends Error {}

export async function readConsent(place: ConsentPlace): Promise<Consent> {
  try {
    return await seen(place);
  } catch (thrown) {
    if (thrown instanceof Unseen) return { kind: 'unseen', said: thrown.message };
    throw thrown;
  }
}

async function seen(place: ConsentPlace): Promise<Consent> {
  const bot = await principalOf(place, place.appId);
  const graph = await principalOf(place, graphAppId);
  const others = await otherResources(place);
  const own = `/servicePrincipals/${bot.id}`;
  const assignments = (await all(place, `${own}/appRoleAssignments`)).map((item) => assignment.parse(item));
  const grants = (await all(place, `${own}/oauth2PermissionGrants`)).map((item) => grant.parse(item));
  const names = new Map(graph.appRoles.map(({ id, value }) => [id, value ?? id]));
  const onGraph = assignments.filter(({ resourceId }) => resourceId === graph.id);
  const elsewhere = assignments.filter(({ resourceId }) => resourceId !== graph.id);
  return {
    kind: 'seen',
    application: onGraph.map(({ appRoleId }) => names.get(appRoleId) ?? appRoleId),
    elsewhere: elsewhere.map(({ resourceDisplayName, resourceId }) => resourceDisplayName ?? resourceId),
    forEverybody: grants
      .filter(({ consentType }) => consentType === 'AllPrincipals')
      .flatMap(({ resourceId, scope }) =>
        scopesOf(resourceId === graph.id ? '' : others.get(resourceId), scope),
      ),
    resources: [...others.values()],
  };
}

function scopesOf(resource: string | undefined, scope: string | null | undefined): readonly string[] {
  if (resource === undefined) return [];
  const names = (scope ?? '').split(' ').filter((name) => name !== '');
  return resource === '' ? names : names.map((name) => `${resource}/${name}`);
}

/** By the id of their service principal. A tenant without Azure has none for it. */
async function otherResources(place: ConsentPlace): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  for (const [resource, appId] of Object.entries(resourceApps)) {
    const found = await findPrincipal(place, appId);
    if (found !== undefined) known.set(found.id, resource);
  }
  return known;
}

type Principal = z.infer<typeof principal>;

async function principalOf(place: ConsentPlace, appId: string): Promise<Principal> {
  const found = await findPrincipal(place, appId);
  if (found === undefined) throw new Unseen(`knows no service principal of ${appId}`);
  return found;
}

async function findPrincipal(place: ConsentPlace, appId: string): Promise<Principal | undefined> {
  const query = new URLSearchParams({ $filter: `appId eq '${appId}'`, $select: 'id,appId,appRoles' });
  const [found] = await all(place, `/servicePrincipals?${query}`);
  return found === undefined ? undefined : principal.parse(found);
}

const mostPages = 50;

async function all({ graphUrl, bearer, fetch }: ConsentPlace, path: string): Promise<readonly unknown[]> {
  const options: LookOptions = { fetch, bearer };
  const items: unknown[] = [];
  let next: string | undefined = `${graphUrl}/v1.0${path}`;
  for (let count = 0; next !== undefined && count < mostPages; count += 1) {
    // The bearer goes to Graph and nowhere else, whatever a link says.
    if (new URL(next).origin !== new URL(graphUrl).origin) throw new Unseen('links to another host');
    const looked = await look(next, options);
    const parsed = page.safeParse(looked.kind === 'answer' ? looked.body : undefined);
    if (looked.kind === 'silence' || looked.status !== 200 || !parsed.success) throw new Unseen(said(looked));
    items.push(...parsed.data.value);
    next = parsed.data['@odata.nextLink'];
  }
  return items;
}
