import { isEmergency } from '../../src/policy/is-emergency.js';
import { namedOwners } from '../../src/policy/named-owners.js';
import type { Policy, Tier } from '../../src/policy/policy.js';
import type { Subject } from '../../src/policy/tier-of.js';
import { timeWords } from './time-words.js';

export interface Activated {
  readonly sentences: readonly string[];
  /** Paths in the policy file that led here, besides the tier's. */
  readonly basis: readonly string[];
}

/** What is asked of people who activate a role or group just in time; undefined for what nobody activates. */
export function activated(policy: Policy, tier: Tier, { kind, id }: Subject): Activated | undefined {
  if (kind !== 'role' && kind !== 'group' && kind !== 'azure-role') return undefined;
  if (kind === 'azure-role' && !policy.pim.azure) {
    return { sentences: ['Nobody activates Azure roles here.'], basis: ['pim.azure'] };
  }
  const owners = namedOwners(policy, id);
  const emergency = isEmergency(policy, id);
  const looksBack = emergency || tier.activation.lookBack;
  const named = owners.length > 0 ? `pim.owners.${id.toLowerCase()}` : 'pim.security';
  return {
    sentences: [
      ...switched[policy.flows.pim],
      ...asked(policy, tier),
      ...(emergency ? alarm(policy) : ['It is not for emergencies: nobody is told of it at once.']),
      looksBack ? lookBack(emergency, ownersOf(policy, kind, owners)) : 'Nobody looks back afterwards.',
    ],
    basis: [
      'flows.pim',
      ...(emergency ? ['pim.emergency', 'pim.security'] : []),
      ...(looksBack && !(emergency && named === 'pim.security') ? [named] : []),
    ],
  };
}

const switched = {
  act: [],
  notify: ['Not here: the flow leads to the portal.'],
  off: ['Not here: the flow is off.'],
} as const;

function asked({ pim }: Policy, { activation, reason }: Tier): readonly string[] {
  return [
    `It is active for ${timeWords(activation.longest)} at most, or less where Entra allows less.`,
    reason.atLeast === 0
      ? 'A reason is asked for only where Entra asks for one.'
      : `A reason of ${reason.atLeast} characters or more, also where Entra asks for none.`,
    ticket(activation.ticket, pim.tickets),
    activation.stepUp === undefined
      ? 'A stronger sign-in only where Entra asks for one.'
      : `A sign-in that meets the authentication context ${activation.stepUp}, of whoever activates and whoever approves.`,
  ];
}

function ticket(when: 'entra' | 'always', { systems, pattern, example }: Policy['pim']['tickets']): string {
  const must = when === 'always' ? 'A ticket, every time' : 'A ticket only where Entra asks for one';
  const from = systems.length === 0 ? '' : `, of ${systems.join(' or ')}`;
  // The pattern as it was written, without the anchors that were put around it.
  const fits =
    pattern === undefined ? '' : `, that fits ${pattern.source.slice('^(?:'.length, -')$'.length)}`;
  return `${must}${from}${fits}${example === '' ? '' : ` (such as ${example})`}.`;
}

function alarm({ pim: { security, securityChannel } }: Policy): readonly string[] {
  const channel = securityChannel === undefined ? '' : `, and the channel ${securityChannel}`;
  return [`It is for emergencies. Told at once: its owner, security (${security.join(', ')})${channel}.`];
}

function lookBack(emergency: boolean, owner: string): string {
  const who = `Afterwards its owner is shown what was done with it: ${owner}.`;
  return emergency ? `${who} Somebody other than whoever used it has to close that.` : who;
}

function ownersOf({ pim }: Policy, kind: 'role' | 'group' | 'azure-role', named: readonly string[]): string {
  if (named.length > 0) return named.join(', ');
  const security = `security (${pim.security.join(', ')})`;
  return kind === 'group' ? `its owners in Entra, or ${security} where it has none` : security;
}
