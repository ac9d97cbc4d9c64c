import { isAppError } from '../base/errors.js';
import { asPackage, type PackageInfo } from './access-package.js';
import { equal } from './equal.js';
import type { GraphReader } from './graph.js';
import { relativeUrl } from './url.js';

const base = '/identityGovernance/entitlementManagement';

export interface VisiblePackages {
  readonly packages: readonly PackageInfo[];
  /** There are more than were wanted. */
  readonly cut: boolean;
}

/** Entra lists what whoever asks may see. Whoever may see nothing at all may still be named. */
export async function visiblePackages(own: GraphReader, atMost: number): Promise<VisiblePackages> {
  const packages: PackageInfo[] = [];
  try {
    for await (const page of own.pages(`${base}/accessPackages`, { query: { $expand: 'catalog' } })) {
      packages.push(...page.map(asPackage));
      if (packages.length > atMost) return { packages, cut: true };
    }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'graph.forbidden') throw error;
  }
  return { packages, cut: false };
}

/** To see a package is not to see who has it: people who may ask for one see that one too. */
export async function readableAmong(own: GraphReader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const paths = ids.map((id) => {
    const query = { $filter: equal('accessPackage/id', id), $top: '1' };
    return [id, relativeUrl(`${base}/assignments`, query)] as const;
  });
  const answers = await own.getMany<unknown>(new Map(paths));
  return new Set(
    ids.filter((id) => {
      const answer = answers.get(id);
      if (answer?.kind === 'failed' && !isRefusal(answer.error)) throw answer.error;
      return answer?.kind === 'ok';
    }),
  );
}

function isRefusal(error: Error): boolean {
  return isAppError(error) && ['graph.forbidden', 'graph.not-found'].includes(error.code);
}
