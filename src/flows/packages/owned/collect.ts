import { isAppError } from '../../../base/errors.js';
import type { Log } from '../../../base/log.js';
import {
  type Held,
  heldPages,
  policiesOfPackage,
  type RequestInfo,
  requestPages,
} from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { lastSignIns } from '../../../graph/last-sign-ins.js';
import { type PackageUse, packageUse, type Seen } from '../../../insight/package-use.js';
import type { Policy } from '../../../policy/policy.js';
import { packagesError } from '../errors.js';

/** More is no longer a list to look through, and takes longer to read than anybody waits. */
const mostRead = 5000;

export interface CollectedUse extends PackageUse {
  readonly asOf: string;
  /** What was read only in part, because there is more than is read at once or it took too long. */
  readonly cut: { readonly holders: boolean; readonly requests: boolean };
  /** What could not be read just now. */
  readonly missing: { readonly signIns: boolean; readonly requests: boolean };
}

export interface UseSources {
  /** Lists who has the package and who asked for it. */
  readonly lists: GraphReader;
  /** Reads when those people last signed in, and nobody else. */
  readonly people: GraphReader;
  readonly policy: Pick<Policy, 'packages'>;
  readonly packageId: string;
  readonly now: Date;
  readonly log: Log;
  /** No time is left to read on. */
  late(): boolean;
}

export async function collectUse(sources: UseSources): Promise<CollectedUse> {
  const { lists, policy, packageId, now } = sources;
  const [holders, asked, undecided] = await Promise.all([
    readHolders(sources).catch(closed),
    orNothing(sources, upTo<RequestInfo>(sources, requestPages(lists, { packageId }))),
    orNothing(sources, policiesWithoutApproval(lists, packageId)),
  ]);
  const { held, seen } = holders;
  const use = packageUse({
    held: held.all,
    requests: asked?.all ?? [],
    seen,
    undecided: undecided ?? new Set(),
    now,
    soon: Math.max(0, ...policy.packages.notices),
    unusedAfter: policy.packages.unusedAfter,
  });
  return {
    ...use,
    asOf: now.toISOString(),
    cut: { holders: held.cut, requests: asked?.cut ?? false },
    missing: { signIns: use.people > 0 && use.unknown === use.people, requests: asked === undefined },
  };
}

/** Sign-ins are read page by page beside the list, so that a long list is not read twice as long. */
async function readHolders(sources: UseSources) {
  const reading: Promise<ReadonlyMap<string, Seen>>[] = [];
  const pages = heldPages(sources.lists, { packageId: sources.packageId });
  const held = await upTo<Held>(sources, pages, (page) => {
    const ids = page.map(({ personId }) => personId);
    reading.push(signInsOrNone(sources, ids));
  });
  const seen = new Map((await Promise.all(reading)).flatMap((some) => [...some]));
  return { held, seen };
}

/** Read as the bot: signing in again would not help, and the rest is worth showing without it. */
function signInsOrNone(
  { people, log, packageId }: UseSources,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Seen>> {
  return lastSignIns(people, ids).catch((error: unknown) => {
    log.warn({ error, packageId }, 'sign-ins could not be read');
    return new Map();
  });
}

interface UpTo<T> {
  readonly all: readonly T[];
  readonly cut: boolean;
}

async function upTo<T>(
  { late }: UseSources,
  pages: AsyncIterable<readonly T[]>,
  onPage: (page: readonly T[]) => void = () => undefined,
): Promise<UpTo<T>> {
  const all: T[] = [];
  for await (const page of pages) {
    // Asked when there is another page: what was just enough is whole.
    if (all.length > 0 && (all.length >= mostRead || late())) return { all, cut: true };
    all.push(...page);
    onPage(page);
  }
  return { all, cut: false };
}

async function policiesWithoutApproval(reader: GraphReader, packageId: string): Promise<ReadonlySet<string>> {
  const policies = await policiesOfPackage(reader, packageId);
  return new Set(policies.filter(({ stages }) => stages.length === 0).map(({ id }) => id));
}

/** The rest of the card is worth showing without it. */
async function orNothing<T>({ log, packageId }: UseSources, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!isAppError(error) || error.retry === 'sign-in') throw error;
    log.warn({ error, packageId }, 'a part of the use of a package could not be read');
    return undefined;
  }
}

function closed(error: unknown): never {
  if (isAppError(error) && error.code === 'graph.forbidden') {
    throw packagesError('packages.owned-closed', error, error.detail);
  }
  throw error;
}
