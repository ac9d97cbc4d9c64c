import type { Card } from '../../../cards/card.js';
import type { UserInfo } from '../../../graph/directory.js';
import { mySignIns } from '../../links.js';
import type { Happening } from '../words.js';
import type { FindView, HelpView } from './help-views.js';

export function helpCard(step: HelpView['step'], what: HelpView['what'] = ''): Card {
  const view: HelpView = { step, what, portalUrl: mySignIns };
  return { template: 'recovery/help', view };
}

export interface Search {
  readonly what: Happening;
  readonly name: string;
  readonly note: string;
  /** Undefined: nothing was searched for yet. */
  readonly found: readonly UserInfo[] | undefined;
}

export function findCard({ what, name, note, found }: Search): Card {
  const view: FindView = {
    what,
    name,
    note,
    searched: found !== undefined,
    people: (found ?? []).map(({ id, name: called, jobTitle, department, userPrincipalName }) => ({
      id,
      name: called,
      about: [jobTitle, department].filter((part) => part !== '').join(', '),
      address: userPrincipalName,
    })),
    portalUrl: mySignIns,
  };
  return { template: 'recovery/find', view };
}
