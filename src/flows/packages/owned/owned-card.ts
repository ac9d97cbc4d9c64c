import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import type { PackageInfo } from '../../../graph/entitlement.js';
import type { Failed } from '../../../insight/failed-deliveries.js';
import type { Asking, Holder } from '../../../insight/package-use.js';
import type { Policy } from '../../../policy/policy.js';
import type { AskingView, FailedView, HolderView, OwnedListView, OwnedView } from '../cards/owned-views.js';
import { packageTier } from '../offers.js';
import type { CollectedUse } from './collect.js';
import type { MyPackages } from './my-packages.js';
import { spanText } from './span-text.js';

const holdersAPage = 10;
const packagesAPage = 8;
const failedAtMost = 4;

const packagesPortal = 'https://entra.microsoft.com/#view/Microsoft_AAD_ERM/DashboardBlade/~/elmEntitlement';

export function ownedCard(policy: Policy, about: PackageInfo, use: CollectedUse, skip: number): Card {
  const page = pageOf(use.holders, skip, holdersAPage);
  const { people, guests, endingSoon, neverUsed, longUnused, unknown, asOf, cut, missing } = use;
  const view: OwnedView = {
    ...{ people, guests, endingSoon, neverUsed, longUnused, unknown, asOf, cut, missing },
    packageId: about.id,
    name: about.name,
    tier: packageTier(policy, about).tier.name,
    soonDays: Math.round(Math.max(0, ...policy.packages.notices) / day),
    unusedDays: Math.round(policy.packages.unusedAfter / day),
    holders: page.shown.map(holderView),
    first: page.shown.length === 0 ? 0 : page.start + 1,
    last: page.start + page.shown.length,
    held: use.holders.length,
    previous: page.previous,
    next: page.next,
    asking: askingView(use.asking),
    failed: use.failed.slice(0, failedAtMost).map(failedView),
    moreFailed: Math.max(0, use.failed.length - failedAtMost),
    portalUrl: packagesPortal,
  };
  return { template: 'packages/owned', view };
}

export function ownedListCard(policy: Policy, { packages, cut }: MyPackages, skip: number): Card {
  const { shown, previous, next } = pageOf(packages, skip, packagesAPage);
  const view: OwnedListView = {
    packages: shown.map((each) => ({
      id: each.id,
      name: each.name,
      description: each.description,
      tier: packageTier(policy, each).tier.name,
      readable: each.readable,
    })),
    total: packages.length,
    previous,
    next,
    cut,
    portalUrl: packagesPortal,
  };
  return { template: 'packages/owned-list', view };
}

/** People come and go between two presses: a page that is gone shows the last one there is. */
function pageOf<T>(all: readonly T[], skip: number, size: number) {
  const last = Math.max(0, Math.ceil(all.length / size) - 1) * size;
  const start = Math.min(Math.floor(skip / size) * size, last);
  const previous = start === 0 ? -1 : start - size;
  const next = start + size < all.length ? start + size : -1;
  return { shown: all.slice(start, start + size), start, previous, next };
}

function holderView({ signIn, ...holder }: Holder): HolderView {
  const { name, guest, since, until, endsSoon, idle } = holder;
  const signInAt = signIn.kind === 'at' ? signIn.at : '';
  return { name, guest, since, until, signIn: signIn.kind, signInAt, endsSoon, idle };
}

function askingView({ total, oldestAt, outcomes, waitingSinceAt, ...took }: Asking): AskingView {
  const words = (seconds: number | undefined): string => (seconds === undefined ? '' : spanText(seconds));
  const median = words(took.medianSeconds);
  return { ...outcomes, total, oldestAt, waitingSinceAt, median, longest: words(took.longestSeconds) };
}

function failedView({ requestId, person, partly, removal, at, again }: Failed): FailedView {
  return { request: requestId, person, partly, removal, at, again };
}
