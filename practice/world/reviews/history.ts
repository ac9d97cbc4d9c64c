import { groupById } from '../groups.js';
import { stableId } from '../ids.js';
import { personByKey } from '../people.js';
import { directoryPersonByKey } from '../reviewed-people.js';
import type { Decided, Instance } from './instance.js';
import { scopeOf } from './scope.js';
import { seedByKey } from './seeds.js';

const dayMs = 86_400_000;
const reasons: Readonly<Record<string, Pick<Decided, 'decision' | 'justification'>>> = {
  finance: { decision: 'Approve', justification: 'Prepares the quarterly figures with it.' },
  helpdesk: { decision: 'Approve', justification: 'Answers questions about the assistant.' },
  dormant: { decision: 'DontKnow', justification: '' },
  leaver: { decision: 'Approve', justification: 'Was moving to the data team.' },
  appowner: { decision: 'Approve', justification: 'Owns the product.' },
};

/** What was decided before this world began: the last quarter of the chat users. */
export function earlierInstances(startedAt: Date): readonly Instance[] {
  const seed = seedByKey('chat-users');
  const scope = seed && scopeOf(seed.definition);
  if (!seed || !scope || !groupById(scope.id)) return [];
  const at = (days: number): string => new Date(startedAt.getTime() - days * dayMs).toISOString();
  const keys = Object.keys(reasons);
  const byId = personByKey('manager')?.id ?? '';
  const decided = keys.map((key, index): [number, Decided] => [
    index,
    { decision: 'DontKnow', justification: '', ...reasons[key], byId, at: at(85 - index) },
  ]);
  const ids = keys.flatMap((key) => directoryPersonByKey(key)?.id ?? []);
  return [
    {
      id: stableId('earlier review of the chat users'),
      definitionId: seed.definition.id,
      status: 'Applied',
      startsAt: at(88),
      endsAt: at(74),
      appliedAt: at(74),
      subjects: {
        kind: 'listed',
        principals: ids.map((id, index) => ({ id, kind: 'user', nested: keys[index] === 'appowner' })),
      },
      rounds: [
        {
          id: stableId('decisions of the earlier review of the chat users'),
          status: 'Completed',
          startsAt: at(88),
          endsAt: at(74),
          decided: new Map(decided),
        },
      ],
    },
  ];
}
