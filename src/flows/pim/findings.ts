import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import type { Weak } from '../../insight/role-findings.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { refused } from '../refused.js';
import type { HouseServices, Turn } from '../turn.js';
import type { FindingsView } from './cards/after-views.js';
import { saysOf } from './errors.js';
import { collectFindings, type Findings, type Found, knownActivations } from './findings/collect.js';
import { lastsText } from './lasts.js';
import { targetView } from './target.js';

const shownAtMost = 8;
const rolesUrl =
  'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles';
const groupsUrl = 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/CommonMenuBlade/~/quickStart';

/** What an administrator should put right about roles. Who has which role is listed with their own token. */
export const findings = verb({
  name: 'pim.findings',
  // Wider than a look needs, but what people's own requests take anyway: no further consent has to be given.
  scopes: [
    'RoleEligibilitySchedule.Read.Directory',
    'RoleAssignmentSchedule.ReadWrite.Directory',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  ],
  input: z.strictObject({}),
  async run(turn): Promise<Outcome> {
    const { services, graph, reference } = turn;
    const { policy, clock, log } = services;
    if (policy.flows.pim === 'off') throw flowError('flows.off');
    const now = clock.now();
    const readers = { lists: graph, rules: services.graph.reader(reference) };
    const known = await knownActivations(services.store.db, now);
    try {
      const found = await collectFindings({ readers, policy, known, now, log });
      return { kind: 'card', card: { template: 'pim/findings', view: viewOf(services, found) } };
    } catch (error) {
      if (isAppError(error) && error.code === 'pim.findings-closed') return closed(turn, error.code);
      throw error;
    }
  },
});

/** Said on a card: whoever wrote to the bot looks at a message, and not at what became of a button. */
function closed(turn: Turn, code: string): Promise<Outcome> {
  const says = saysOf(code);
  const view = {
    title: 'For administrators',
    text: says.says,
    next: says.next,
    reference: '',
    portalUrl: rolesUrl,
  };
  const card = { template: 'shared/notice', view };
  return refused(turn, '', { code, basis: ['entra.role'], says }, async () => ({ kind: 'card', card }));
}

function viewOf(services: HouseServices, found: Findings): FindingsView {
  const person = (each: Found) => ({
    person: each.person,
    target: targetView(services, { ...each, does: '' }),
    since: each.since,
  });
  const weak = ({ target, noApproval, noReason, window, tierWindow }: Weak) => ({
    target: targetView(services, { ...target, scopeName: '', does: '' }),
    noApproval,
    noReason,
    window: lastsText(window),
    tierWindow: lastsText(tierWindow),
  });
  const more = (all: readonly unknown[]): number => Math.max(0, all.length - shownAtMost);
  return {
    asOf: found.asOf,
    knownDays: found.knownDays,
    unused: found.unused.slice(0, shownAtMost).map(person),
    moreUnused: more(found.unused),
    standing: found.standing.slice(0, shownAtMost).map(person),
    moreStanding: more(found.standing),
    weak: found.weak.slice(0, shownAtMost).map(weak),
    moreWeak: more(found.weak),
    missing: found.missing,
    rolesUrl,
    groupsUrl,
  };
}
