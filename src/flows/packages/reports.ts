import { z } from 'zod/v4';
import { directReports } from '../../graph/direct-reports.js';
import type { UserInfo } from '../../graph/directory.js';
import { listRequestable } from '../../graph/entitlement.js';
import { usersByIds } from '../../graph/users-by-ids.js';
import { type Outcome, verb } from '../flow.js';
import { myAccess } from '../links.js';
import type { Turn } from '../turn.js';
import type { OpenData, ReportsView } from './cards/ask-views.js';

const aPage = 15;

/** For whom: the people whose manager the reader is. */
export const reports = verb({
  name: 'packages.reports',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.object({ package: z.guid().optional(), skip: z.int().min(0).max(10_000).default(0) }),
  async run(turn, { package: id, skip }): Promise<Outcome> {
    const wanted = id?.toLowerCase();
    const [people, name] = await Promise.all([
      peopleOf(turn),
      wanted === undefined ? '' : nameOf(turn, wanted),
    ]);
    const about = wanted === undefined ? {} : { package: wanted };
    const from = skip < people.length ? Math.floor(skip / aPage) * aPage : 0;
    const shown = people.slice(from, from + aPage);
    const view: ReportsView = {
      package: name,
      people: shown.map((each) => ({
        name: each.name,
        jobTitle: each.jobTitle,
        data: { ...about, person: each.id },
      })),
      shown: people.length <= aPage ? '' : `${from + 1} to ${from + shown.length} of ${people.length}`,
      pages: pagesOf(about, from, people.length),
      portalUrl: myAccess(turn.services.tenantId, 'access-packages'),
    };
    return { kind: 'card', card: { template: 'packages/reports', view } };
  },
});

/** In an order that stays the same from page to page. */
async function peopleOf({ services, actor, reference }: Turn): Promise<readonly UserInfo[]> {
  const reader = services.graph.reader(reference);
  const found = await usersByIds(reader, [...(await directReports(reader, actor.objectId))]);
  return [...found.values()]
    .flatMap((user) => (user === 'gone' || !user.enabled ? [] : [user]))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

/** Empty: Entra does not show it to the reader, so its name is not for them. */
async function nameOf({ graph }: Turn, packageId: string): Promise<string> {
  return (await listRequestable(graph)).find(({ id }) => id === packageId)?.name ?? '';
}

function pagesOf(about: OpenData, from: number, count: number): ReportsView['pages'] {
  const page = (title: string, skip: number) => ({ title, data: { ...about, skip } });
  return [
    ...(from > 0 ? [page('Earlier ones', from - aPage)] : []),
    ...(from + aPage < count ? [page('More', from + aPage)] : []),
  ];
}
