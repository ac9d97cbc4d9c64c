import type { Card } from '../../../cards/card.js';
import { methodsOf, type SignInMethod } from '../../../graph/recovery/recovery.js';
import type { Turn } from '../../turn.js';
import { cleanUpCard } from '../cards/clean-up-card.js';
import type { Case } from '../cases.js';
import { methodText } from './method-text.js';
import { removableKinds } from './remove-effect.js';

const shownAtMost = 30;

/**
 * What somebody signs in with now. Read with the bot's own rights, after it was checked that the helper has the role for
 * it: a helper's leave to remove things does not let them list all kinds at once.
 */
export async function pickCard(
  { services, reference }: Pick<Turn, 'services' | 'reference'>,
  one: Case,
  ref: string,
  problem = '',
): Promise<Card> {
  const all = (await methodsOf(services.graph.reader(reference), one.subject)).filter(
    ({ kind }) => kind !== 'pass',
  );
  const oldestFirst = all.filter(isRemovable).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return cleanUpCard({
    ref,
    state: 'pick',
    person: one.about.subjectName,
    methods: oldestFirst
      .slice(0, shownAtMost)
      .map((method) => ({ value: method.id, name: `${methodText(method)}${addedText(one, method)}` })),
    fixed: all
      .filter((method) => !isRemovable(method))
      .map(methodText)
      .join(', '),
    problem,
  });
}

export function isRemovable({ kind, removable }: Pick<SignInMethod, 'kind' | 'removable'>): boolean {
  return removable && removableKinds.some((each) => each === kind);
}

/** In the title of a choice no client fills in a date of its own. */
const dayText = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** What came after the case was opened is more likely the new one than the lost one. */
function addedText({ baseline, opened_at }: Case, { id, createdAt }: SignInMethod): string {
  const at = Date.parse(createdAt);
  if (Number.isNaN(at)) return '';
  if (at >= opened_at && !baseline.includes(id)) return ' · added since this case was opened';
  return ` · added ${dayText.format(at)}`;
}
