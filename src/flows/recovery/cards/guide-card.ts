import type { Card } from '../../../cards/card.js';
import { mySignIns } from '../../links.js';
import type { Case } from '../cases.js';
import type { GuideView } from './guide-views.js';

export function guideCard(
  { privileged, kind, pass }: Pick<Case, 'privileged' | 'kind' | 'pass'>,
  { step, passkey }: Pick<GuideView, 'step' | 'passkey'>,
): Card {
  const view: GuideView = {
    step,
    admin: privileged === 1,
    once: pass?.once === true,
    starter: kind === 'starter',
    passkey,
    portalUrl: mySignIns,
  };
  return { template: 'recovery/guide', view };
}
