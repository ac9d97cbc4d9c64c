import type { Findings, Found } from '../../src/flows/pim/findings/collect.js';
import { lastsText } from '../../src/flows/pim/lasts.js';
import type { Weak } from '../../src/insight/role-findings.js';

export function findingsText(found: Findings): string {
  const { unused, standing, weak, missing, knownDays } = found;
  const days = knownDays === 1 ? '1 day' : `${knownDays} days`;
  return [
    ...part(`Eligible, and not activated in ${days} that the bot knows of:`, unused.map(unusedLine)),
    ...part('Active all the time:', standing.map(standingLine)),
    ...part('Too easy to activate:', weak.map(weakLine)),
    ...(missing.role ? ['Entra roles could not be read.'] : []),
    ...(missing.group ? ['Groups could not be read.'] : []),
    ...(knownDays < 1 ? ['Who never activates a role can be told when the bot has run for a day.'] : []),
    `Found: ${unused.length} unused, ${standing.length} standing, ${weak.length} with weak rules.`,
  ].join('\n');
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function unusedLine(each: Found): string {
  return `- ${each.person}: ${placeOf(each)} (${each.tier})`;
}

function standingLine(each: Found): string {
  return `${unusedLine(each)}${each.since === '' ? '' : `, since ${each.since.slice(0, 10)}`}`;
}

function placeOf({ kind, name, scope, scopeName }: Found): string {
  if (kind === 'group') return `${name}, as ${scope}`;
  return scopeName === '' ? name : `${name} in ${scopeName}`;
}

function weakLine({ target, noApproval, noReason, window, tierWindow }: Weak): string {
  const why = [
    ...(noApproval ? ['no approval'] : []),
    ...(noReason ? ['no reason'] : []),
    ...(window > 0 ? [`up to ${lastsText(window)}, its tier allows ${lastsText(tierWindow)}`] : []),
  ];
  const side = target.kind === 'group' ? `, as ${target.scope}` : '';
  return `- ${target.name}${side} (${target.tier}): ${why.join('; ')}`;
}
