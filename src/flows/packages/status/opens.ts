import type { Opens } from '../../../graph/entitlement.js';
import { packageOpens } from '../../../graph/entitlement.js';
import type { HouseServices } from '../../turn.js';
import type { OpensView } from '../cards/status-views.js';
import { orElse } from './or-else.js';

/** What packages open, by package. It is read by the bot: requesters may not read it, but may see this much. */
export async function readOpens(
  services: HouseServices,
  packageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OpensView[]>> {
  const reader = services.graph.reader(services.ids.guid());
  const found = await orElse(
    services,
    () => packageOpens(reader, [...new Set(packageIds)]),
    new Map<string, readonly Opens[]>(),
  );
  return new Map([...found].map(([id, opens]) => [id, opens.map(opensView)]));
}

/** A link comes from whoever made the package: only one that a browser can be trusted with is shown. */
export function opensView({ name, role, kind, url }: Opens): OpensView {
  return { name, role, kind, url: isSafe(url) ? url : '' };
}

function isSafe(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}
