import { minute } from '../../../base/clock.js';
import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { Belonging } from '../../../graph/membership.js';
import { type DeedLine, mostTelling } from '../../../insight/deed-lines.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, namedOf, targetOf, verdictOf } from '../activations.js';
import type { LookBackView, LookedBackView } from '../cards/after-views.js';
import { askedView } from '../cards/status-card.js';
import type { RequesterView } from '../cards/views.js';
import { targetTier, targetView } from '../target.js';
import type { Answer, CloseArgs, LookedAt } from './rules.js';
import { type Use, windowOf } from './use.js';

/** Where administrators read the log themselves; Azure has its own. */
const portals = {
  entra: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuditLogList.ReactView',
  azure: 'https://portal.azure.com/#view/Microsoft_Azure_ActivityLog/ActivityLogBlade',
} as const;

const linesAtMost = 10;

/** An activation with what was found out about it, ready to be shown to several people. */
export interface LookBack {
  readonly row: ActivationRow;
  readonly use: Use;
  /** Undefined: the person could not be looked up. */
  readonly person: Belonging | undefined;
}

export function lookBackCard(
  services: HouseServices,
  { row, use, person }: LookBack,
  {
    ref,
    problem,
    comment = '',
  }: { readonly ref: string; readonly problem: string; readonly comment?: string },
): Card {
  const about = aboutOf(row);
  const { from, to } = windowOf(row);
  const did = mostTelling(use.did, linesAtMost);
  const shown = did.reduce((sum, { times }) => sum + times, 0);
  const view: LookBackView = {
    ref,
    person: personView(about.personName, person),
    target: targetView(services, namedOf(row)),
    asked: askedView(row),
    approvedBy: verdictOf(row).byName,
    startsAt: new Date(from).toISOString(),
    endsAt: new Date(to).toISOString(),
    endedBy: about.endedBy,
    did: did.map(didView),
    more: use.done + use.failed - shown,
    done: use.done,
    failed: use.failed,
    log: use.cut ? 'cut' : use.log,
    because: becauseOf(services, row),
    mustClose: row.emergency === 1,
    comment,
    problem,
    portalUrl: portalOf(row.kind),
  };
  return { template: 'pim/look-back', view };
}

function didView({ danger, ...line }: DeedLine): LookBackView['did'][number] {
  const [from, to] = [line.at, line.lastAt].map((at) => Math.floor(Date.parse(at) / minute));
  return { ...line, lastAt: from === to ? '' : line.lastAt, danger: danger === 'high' ? danger : '' };
}

/** The line of the policy file that asks for the look. */
function becauseOf({ policy }: HouseServices, row: ActivationRow): string {
  if (row.emergency === 1) return 'pim.emergency';
  return `tiers.${targetTier(policy, targetOf(row)).tier.name}.activation.lookBack`;
}

function personView(known: string, found: Belonging | undefined): RequesterView {
  const { name = known, jobTitle = '', department = '', guest = false } = found?.user ?? {};
  return { name, jobTitle, department, guest, sponsors: guest ? (found?.sponsors ?? []).join(', ') : '' };
}

export function lookedAt(row: ActivationRow): LookedAt {
  const { name, scopeName, personName } = aboutOf(row);
  const { from, to } = windowOf(row);
  return {
    activation: row.id,
    personId: row.person,
    personName,
    kind: row.kind,
    target: row.target,
    scope: row.scope,
    name,
    scopeName,
    startsAt: new Date(from).toISOString(),
    endsAt: new Date(to).toISOString(),
  };
}

export interface Said {
  readonly state: 'working' | Answer;
  readonly viewer: string;
  readonly reference: string;
}

export function lookedBackCard(
  services: HouseServices,
  closed: CloseArgs,
  { state, viewer, reference }: Said,
): Card {
  const target = { kind: closed.kind, id: closed.target, scope: closed.scope };
  const view: LookedBackView = {
    state,
    person: closed.personName,
    target: targetView(services, { ...target, name: closed.name, scopeName: closed.scopeName, does: '' }),
    startsAt: closed.startsAt,
    endsAt: closed.endsAt,
    by: closed.byName,
    byYou: closed.byId === viewer,
    at: closed.at,
    comment: closed.comment,
    log: closed.log,
    done: closed.done,
    failed: closed.failed,
    portalUrl: portalOf(closed.kind),
    reference: shortReference(reference),
  };
  return { template: 'pim/looked-back', view };
}

function portalOf(kind: ActivationRow['kind']): string {
  return kind === 'azure' ? portals.azure : portals.entra;
}
