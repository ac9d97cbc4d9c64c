import type { CollectedUse } from '../../src/flows/packages/owned/collect.js';
import { spanText } from '../../src/flows/packages/owned/span-text.js';
import type { Failed } from '../../src/insight/failed-deliveries.js';
import type { Asking, Holder, SignIn } from '../../src/insight/package-use.js';

export interface NamedUse extends CollectedUse {
  readonly package: { readonly id: string; readonly name: string };
}

export function useText(use: NamedUse): string {
  const { people, guests, endingSoon, neverUsed, longUnused, unknown, holders, missing, cut } = use;
  const lines = (is: (one: Holder) => boolean): readonly string[] => holders.filter(is).map(holderLine);
  return [
    `${use.package.name}: ${people} ${people === 1 ? 'person' : 'people'}, ${guests} of them guests`,
    ...part(
      'Ends soon:',
      lines(({ endsSoon }) => endsSoon),
    ),
    ...part(
      'No sign-in to anything since they got it:',
      lines(({ idle }) => idle === 'never'),
    ),
    ...part(
      'No sign-in to anything for too long:',
      lines(({ idle }) => idle === 'long'),
    ),
    ...part('Deliveries that failed:', use.failed.map(failedLine)),
    ...(missing.requests ? ['Requests could not be read.'] : askingLines(use.asking)),
    ...(missing.signIns ? ['Last sign-ins could not be read.'] : []),
    ...(!missing.signIns && unknown > 0 ? [`Last sign-in not known: ${unknown}.`] : []),
    ...(cut.holders ? [`There are more people than the ${holders.length} that were read.`] : []),
    ...(cut.requests ? ['There are more requests than were read.'] : []),
    `Found: ${endingSoon} near the end, ${neverUsed + longUnused} not in use, ${use.failed.length} not delivered.`,
  ].join('\n');
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function holderLine({ name, guest, until, signIn }: Holder): string {
  const end = until === '' ? 'no end' : `until ${until.slice(0, 10)}`;
  return `- ${name}${guest ? ' (guest)' : ''}: ${end}, last sign-in ${signInText(signIn)}`;
}

function signInText(signIn: SignIn): string {
  if (signIn.kind === 'at') return signIn.at.slice(0, 10);
  return signIn.kind === 'never' ? 'never' : 'not known';
}

function failedLine({ person, requestId, removal, partly, at, again }: Failed): string {
  const what = removal ? 'should be gone' : partly ? 'a part is missing' : 'nothing came';
  const when = at === '' ? '' : `, ${at.slice(0, 10)}`;
  return `- ${person}: ${what}${when}${again ? '' : ', too old to be run again'} (request ${requestId})`;
}

function askingLines({ total, outcomes, oldestAt, ...took }: Asking): readonly string[] {
  if (total === 0) return ['Requests: Entra lists none.'];
  const counts = Object.entries(outcomes).flatMap(([outcome, count]) =>
    count === 0 ? [] : [`${count} ${outcome}`],
  );
  const since = oldestAt === '' ? '' : ` since ${oldestAt.slice(0, 10)}`;
  const times =
    took.medianSeconds === undefined || took.longestSeconds === undefined
      ? []
      : [
          `Until there or denied: ${spanText(took.medianSeconds)} (median), ${spanText(took.longestSeconds)} at most.`,
        ];
  return [`Requests${since}: ${counts.join(', ')}.`, ...times];
}
