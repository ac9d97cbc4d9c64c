import { type Case, openCaseOf } from '../../../src/flows/recovery/cases.js';
import { addChange } from '../../../src/flows/recovery/changes/rows.js';
import { openChangeCard } from '../../../src/flows/recovery/changes/show-change.js';
import { idOf } from '../../graph/practice-graph.js';
import type { IssueStage } from './issue-stage.js';

/** `finance` is asked about something that `by` did to their account, and says that it was not them. */
export async function denyChange({ services, press }: IssueStage, by = 'helpdesk'): Promise<Case> {
  const ref = await services.store.write(async (tx) => {
    const told = await addChange(
      tx,
      services,
      {
        id: services.ids.guid(),
        person: idOf('finance'),
        personName: 'Leilani Brandvold',
        happened: 'added',
        what: 'a phone number',
        isPass: false,
        byId: idOf(by),
        byName: by,
        ip: '',
        at: services.clock.now().getTime(),
      },
      { place: '', caseId: '' },
    );
    if (told === undefined) throw new TypeError('They were told before');
    return (await openChangeCard(tx, services, told)).ref;
  });
  await press('finance', 'recovery.not-me', { ref });
  const one = await openCaseOf(services, idOf('finance'));
  if (one === undefined) throw new TypeError('There is no case');
  return one;
}
