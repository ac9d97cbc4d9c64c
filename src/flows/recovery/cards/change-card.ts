import type { Card } from '../../../cards/card.js';
import type { HouseServices } from '../../turn.js';
import type { ToldChange } from '../changes/rows.js';
import type { ChangeView } from './change-views.js';

export const changeKind = 'recovery.change';

const infoUrl = 'https://mysignins.microsoft.com/security-info';

/** “Was this you?”: one change of how somebody signs in, for whoever it happened to. */
export function changeCard(
  { policy }: HouseServices,
  change: ToldChange,
  { ref, problem = '' }: { readonly ref: string; readonly problem?: string },
): Card {
  const { about, person, by_id: byId, answer, at } = change;
  const asks = policy.flows.recovery === 'act';
  const view: ChangeView = {
    ref,
    state: answer === '' ? (asks ? 'ask' : 'told') : answer,
    happened: about.happened,
    what: `${about.what.charAt(0).toUpperCase()}${about.what.slice(1)}`,
    isPass: about.isPass,
    own: byId === person,
    by: about.byName,
    ip: about.ip,
    place: about.place,
    at: new Date(at).toISOString(),
    canDeny: asks && answer !== 'not-me',
    problem,
    infoUrl,
  };
  return { template: 'recovery/change', view };
}
