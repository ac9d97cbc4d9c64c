import { durationMs } from '../duration.js';
import { refuse } from '../refusal.js';
import type { EligibleRecord, TargetRules } from './records.js';
import type { Asker, Wish } from './submit.js';
import type { Window } from './window.js';

/** Everything of the policy that an activation does not meet is said in one answer. */
export function checkPolicy(
  rules: TargetRules,
  given: {
    readonly wish: Wish;
    readonly window: Window;
    readonly hasMfa: boolean;
    readonly eligible: Pick<EligibleRecord, 'endsAt'>;
    readonly now: number;
  },
): void {
  const { wish, window, hasMfa, eligible, now } = given;
  const asks = (rule: TargetRules['enabled'][number]): boolean => rules.enabled.includes(rule);
  const noTicket = wish.ticketNumber.trim() === '' || wish.ticketSystem.trim() === '';
  const until = Date.parse(eligible.endsAt ?? '');
  const failed: readonly (readonly [string, boolean])[] = [
    ['MfaRule', asks('MultiFactorAuthentication') && !hasMfa],
    ['JustificationRule', asks('Justification') && wish.justification.trim() === ''],
    ['TicketingRule', asks('Ticketing') && noTicket],
    ['ExpirationRule', window.durationMs > (durationMs(rules.longest) ?? 0)],
    ['EligibilityRule', (window.start ?? now) + window.durationMs > until],
  ];
  const names = failed.flatMap(([name, fails]) => (fails ? [name] : []));
  if (names.length === 0) return;
  const message = `The following policy rules failed: ${JSON.stringify(names)}`;
  refuse(400, 'RoleAssignmentRequestPolicyValidationFailed', message);
}

/** The demand for a stronger sign-in. A token whose client cannot answer one never satisfies it. */
export function checkContext({ context }: TargetRules, { acrs, cp1 }: Asker): void {
  if (context === '' || (cp1 && acrs.includes(context))) return;
  const claims = { access_token: { acrs: { essential: true, value: context } } };
  const message = `&claims=${encodeURIComponent(JSON.stringify(claims))}`;
  refuse(400, 'RoleAssignmentRequestAcrsValidationFailed', message);
}
