import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import { myAccess } from '../../links.js';
import type { FailedView } from './failed-views.js';

export type FailedAbout = Pick<
  FailedView,
  'state' | 'removal' | 'request' | 'name' | 'person' | 'reason' | 'askedAt' | 'failedAt' | 'until' | 'status'
> & { readonly act: boolean; readonly problem?: string; readonly reference?: string };

export function failedCard(tenantId: string, about: FailedAbout): Card {
  const { act, problem = '', reference = '', ...rest } = about;
  const view: FailedView = {
    ...rest,
    canRetry: act && (about.state === 'failed' || about.state === 'partly'),
    problem,
    portalUrl: myAccess(tenantId, 'access-packages'),
    reference: shortReference(reference),
  };
  return { template: 'packages/failed', view };
}
