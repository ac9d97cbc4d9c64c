import type { TemporaryAccessPassAuthenticationMethodConfiguration } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { flag, id, list, type Shape, text } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { parseAs } from '../parse.js';

/** What the tenant allows a Temporary Access Pass to be. */
export interface TapPolicy {
  readonly enabled: boolean;
  readonly defaultMinutes: number;
  readonly leastMinutes: number;
  readonly longestMinutes: number;
  /** Every pass is good for one sign-in only. */
  readonly oneTimeOnly: boolean;
  /** `all_users` or ids of groups: a pass for anybody else can be made, but nobody can sign in with it. */
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

const path = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/TemporaryAccessPass';

export async function tapPolicy(reader: GraphReader): Promise<TapPolicy> {
  return asTapPolicy(await reader.get(path));
}

const minutes = z.int().positive();
const target = z.object({ id }).catch({ id: undefined });

const policyShape = z
  .object({
    state: text,
    defaultLifetimeInMinutes: minutes,
    minimumLifetimeInMinutes: minutes,
    maximumLifetimeInMinutes: minutes,
    isUsableOnce: flag,
    includeTargets: list(target),
    excludeTargets: list(target),
  } satisfies Shape<TemporaryAccessPassAuthenticationMethodConfiguration>)
  .transform(
    (found): TapPolicy => ({
      enabled: found.state.toLowerCase() === 'enabled',
      defaultMinutes: found.defaultLifetimeInMinutes,
      leastMinutes: found.minimumLifetimeInMinutes,
      longestMinutes: found.maximumLifetimeInMinutes,
      oneTimeOnly: found.isUsableOnce,
      includes: found.includeTargets.flatMap((each) => each.id ?? []),
      excludes: found.excludeTargets.flatMap((each) => each.id ?? []),
    }),
  );

export const asTapPolicy = parseAs(policyShape, 'policy for Temporary Access Passes');
