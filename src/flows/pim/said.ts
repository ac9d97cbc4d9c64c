import type { Command } from '../flow.js';

/** The verbs that words can mean; index.ts gives their names. */
export interface Heard {
  readonly findings: string;
  readonly approvals: string;
  readonly roles: string;
}

const asksForFindings = /\b(roles?|pim|activation)\W+findings?\b|\bfindings?\b.*\broles?\b/i;
const asksForApprovals =
  /\b(my|open|pending|show|list)\W+(role\W+)?approvals\b|^\W*approvals\W*$|\bwhat (is )?waits? for me\b/i;
/** “I need AI admin”, but not “I need access to a package”: that is another flow's. */
const asksForRoles =
  /\b(activat\w*|elevat(?:e|ion|ing)|pim|jit|just.in.time|roles?|admin(istrator)?s?|(?:administrator|owner) rights)\b/i;

export function hears(text: string, verbs: Heard): Command | undefined {
  if (asksForFindings.test(text)) return { verb: verbs.findings, data: {} };
  if (asksForApprovals.test(text)) return { verb: verbs.approvals, data: {} };
  return asksForRoles.test(text) ? { verb: verbs.roles, data: { said: text } } : undefined;
}

const amounts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  half: 0.5,
};

/** How long somebody said they need it: “for two hours and 30 minutes”, “half an hour”. Undefined: they did not say. */
export function minutesSaid(text: string): string | undefined {
  const parts = text.matchAll(
    /\b(\d{1,3}|an?|one|two|three|four|half)( an?)?[\s-]*(hours?|hrs?|h|minutes?|mins?|m)\b/gi,
  );
  let total = 0;
  for (const [, amount = '', , unit = ''] of parts) {
    const count = /^\d/.test(amount) ? Number(amount) : (amounts[amount.toLowerCase()] ?? 1);
    total += Math.round(unit.toLowerCase().startsWith('h') ? count * 60 : count);
  }
  return total === 0 ? undefined : String(total);
}
