import { isAppError } from '../../../base/errors.js';
import { noProblems, type Problems } from './rules.js';

/**
 * What Entra's own check has against the form, at the fields it is about; undefined: nothing of the form. It knows its
 * rules better than we do, who read them a moment earlier.
 */
export function entraProblems(error: unknown): Problems | undefined {
  if (!isAppError(error)) return undefined;
  const code = String(error.detail.graphCode ?? '').toLowerCase();
  if (code === 'invalidroleassignmentrequestschedule') {
    return { ...noProblems, start: 'Entra does not accept this time. Please choose another one.' };
  }
  const rules = String(error.detail.rules ?? '').split(',');
  const has = (rule: string, says: string): string => (rules.includes(rule) ? says : '');
  const found: Problems = {
    form: '',
    minutes: has('ExpirationRule', 'Entra does not allow this long any more. Please choose a shorter time.'),
    reason: has('JustificationRule', 'Entra wants a reason for this role. Please write one.'),
    ticket: has('TicketingRule', 'Entra wants a ticket for this role. Please write its system and number.'),
    start: '',
  };
  return Object.values(found).some((problem) => problem !== '') ? found : undefined;
}

/** Nothing of the form helps: Entra wants a second factor in this sign-in. */
export function wantsSecondFactor(error: unknown): boolean {
  return (
    isAppError(error) &&
    String(error.detail.rules ?? '')
      .split(',')
      .includes('MfaRule')
  );
}

/** Entra says that they may not activate it, though they were eligible a moment ago. */
export function notEligible(error: unknown): boolean {
  return (
    isAppError(error) &&
    String(error.detail.rules ?? '')
      .split(',')
      .includes('EligibilityRule')
  );
}
