import type { Card } from '../../../cards/card.js';
import type { PasskeyReport, Recoveries, Share } from '../../../insight/passkey-report.js';
import { percentOf } from '../../../insight/percent.js';
import type { BarLine, Names, ReportView } from './report-views.js';

const namedAtMost = 6;
const linesAtMost = 8;
const squares = 10;
const portalUrl =
  'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AuthMethodsActivity';

export interface ReportTimes {
  /** When Entra's report was last read to its end; undefined: not yet. */
  readonly asOf: Date | undefined;
  /** Name of the file that is offered below the card. */
  readonly offered?: string;
}

export function reportCard(
  report: PasskeyReport,
  recoveries: Recoveries,
  { asOf, offered = '' }: ReportTimes,
): Card {
  const keys = report.models.reduce((sum, { count }) => sum + count, 0);
  const { people, withPasskey } = report;
  const view: ReportView = {
    ready: asOf !== undefined,
    asOf: asOf?.toISOString() ?? '',
    people,
    guests: report.guests,
    total: lineOf({ name: 'Everybody', people, withPasskey }),
    personas: asOf === undefined ? [] : [report.administrators, report.others].map(lineOf),
    departments: report.departments
      .slice(0, linesAtMost)
      .map((each) => lineOf({ ...each, name: each.name === '' ? 'No department' : each.name })),
    moreDepartments: Math.max(0, report.departments.length - linesAtMost),
    models: report.models.slice(0, linesAtMost).map(({ name, count, advisory }) => ({
      name,
      bar: barOf(count, keys),
      says: String(count),
      advisory,
    })),
    moreModels: Math.max(0, report.models.length - linesAtMost),
    unread: report.unread,
    adminsWithout: namesOf(report.adminsWithout),
    oneKey: namesOf(report.oneKey),
    advisory: namesOf(report.advisory),
    passwordOnly: namesOf(report.passwordOnly),
    phone: report.phone,
    phoneFirst: report.phoneFirst,
    days: recoveries.days,
    cases: recoveries.cases,
    passes: recoveries.passes,
    used: recoveries.used,
    again: namesOf(report.again.map(({ name, cases }) => ({ name: `${name} (${cases})` }))),
    offered,
    portalUrl,
  };
  return { template: 'recovery/report', view };
}

function lineOf({ name, people, withPasskey }: Share): BarLine {
  const share = percentOf(withPasskey, people);
  return { name, bar: barOf(withPasskey, people), says: `${share} % (${withPasskey} of ${people})` };
}

/** Full only when it is all of them, and empty only when it is nobody. */
export function barOf(part: number, whole: number): string {
  if (whole === 0) return '□'.repeat(squares);
  const exact = Math.round((part / whole) * squares);
  const full = part === whole ? squares : Math.min(squares - 1, Math.max(part === 0 ? 0 : 1, exact));
  return '■'.repeat(full) + '□'.repeat(squares - full);
}

function namesOf(all: readonly { readonly name: string }[]): Names {
  const names = all.slice(0, namedAtMost).map(({ name }) => name);
  const more = all.length - names.length;
  return { count: all.length, names: `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}` };
}
