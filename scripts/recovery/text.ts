import type { PasskeyReport, PersonKeys, Recoveries, Share } from '../../src/insight/passkey-report.js';
import { percentOf } from '../../src/insight/percent.js';

export function reportText(report: PasskeyReport, recoveries: Recoveries, failed: number): string {
  const { people, withPasskey, guests, administrators, others, departments, models } = report;
  return [
    shareLine({ name: 'Everybody', people, withPasskey }),
    ...[administrators, others].map(shareLine),
    ...part('By department:', departments.map(shareLine)),
    ...part('By model:', models.map(modelLine)),
    ...part('Administrators without a device-bound passkey:', report.adminsWithout.map(personLine)),
    ...part('Keys with firmware in advisory YSA-2024-03:', report.advisory.map(personLine)),
    ...part('Only one passkey:', report.oneKey.map(personLine)),
    ...part('Password alone:', report.passwordOnly.map(personLine)),
    ...part(
      'More than one case:',
      report.again.map(({ name, cases }) => `- ${name}: ${cases}`),
    ),
    `Text message or call: ${report.phone} have it registered, ${report.phoneFirst} are asked for it first.`,
    casesLine(recoveries),
    `Guests are not counted: ${guests}.`,
    ...(failed > 0 ? [`Of ${failed} people with a passkey its make could not be read.`] : []),
  ].join('\n');
}

export function reportData(
  report: PasskeyReport,
  { byPerson: _, ...recoveries }: Recoveries,
  failed: number,
) {
  return { ...report, recoveries, failed };
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function shareLine({ name, people, withPasskey }: Share): string {
  const share = percentOf(withPasskey, people);
  return `${name === '' ? 'No department' : name}: ${withPasskey} of ${people} with a passkey (${share} %)`;
}

function modelLine({ name, count, advisory }: PasskeyReport['models'][number]): string {
  return `- ${name}: ${count}${advisory ? ' (in advisory YSA-2024-03)' : ''}`;
}

function personLine({ name, upn, department }: PersonKeys): string {
  return `- ${name} (${upn})${department === '' ? '' : `, ${department}`}`;
}

function casesLine({ days, cases, passes, used }: Recoveries): string {
  if (days === 0) return 'The bot has not run here, so no cases are counted.';
  const made = `${counted(cases, 'case', 'cases')}, ${counted(passes, 'pass', 'passes')} made`;
  return `In ${days} days: ${made}, ${counted(used, 'person', 'people')} back in with one.`;
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
