import type { PolicyInfo, RequestInfo } from '../../../graph/entitlement.js';
import type { HouseServices } from '../../turn.js';
import { stageApprovers } from '../decide/approvers.js';
import type { Seen } from '../seen.js';
import { openStage } from './open-stage.js';

interface Known {
  readonly request: RequestInfo;
  readonly policy: PolicyInfo;
  readonly seen: Seen;
}

/** Names of those who decide next, or empty. */
export async function nextWith(services: HouseServices, { request, policy, seen }: Known): Promise<string> {
  const stage = openStage(policy, seen, request, services.clock.now().getTime());
  if (stage === undefined) return '';
  const reader = services.graph.reader(services.ids.guid());
  return namesOf(await stageApprovers(reader, stage, request));
}

export function namesOf(approvers: readonly { readonly user: { readonly name: string } }[]): string {
  const names = approvers.map(({ user }) => user.name);
  return names.slice(0, 5).join(', ');
}
