import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import { mySignIns } from '../../links.js';
import type { CleanUpView } from './clean-up-views.js';

type Given = Pick<CleanUpView, 'state' | 'person'> & Partial<CleanUpView>;

/** What is to be taken away, picked on it, and what came of a press. Of the case as a whole tells its own card. */
export function cleanUpCard({ reference = '', ...given }: Given): Card {
  const view: CleanUpView = {
    ref: '',
    methods: [],
    fixed: '',
    results: [],
    at: '',
    problem: '',
    portalUrl: mySignIns,
    ...given,
    reference: reference === '' ? '' : shortReference(reference),
  };
  return { template: 'recovery/clean-up', view };
}
