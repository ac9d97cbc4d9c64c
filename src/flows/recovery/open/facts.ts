import { day } from '../../../base/clock.js';
import { managerOf, userById } from '../../../graph/directory.js';
import type { GraphReader } from '../../../graph/graph.js';
import { hireDateOf } from '../../../graph/recovery/recovery.js';
import type { HouseServices, Turn } from '../../turn.js';
import { casesSince } from '../cases.js';
import { peopleAmong } from '../who/people-among.js';
import type { OpenFacts } from './rules.js';

export interface OpenWish {
  readonly what: string;
  /** Of whoever cannot sign in. */
  readonly person: string;
  readonly note: string;
}

export async function readOpenFacts(
  { services, actor, reference }: Turn,
  { what, person, note }: OpenWish,
): Promise<OpenFacts> {
  const { policy, clock } = services;
  const reader = services.graph.reader(reference);
  const now = clock.now().getTime();
  const [me, subject, opened, welcome] = await Promise.all([
    userById(reader, actor.objectId),
    userById(reader, person),
    casesSince(services, now - day, { openedBy: actor.objectId }),
    what === 'starter' ? readWelcome(services, reader, { me: actor.objectId, starter: person }) : nobody,
  ]);
  return {
    capability: policy.flows.recovery,
    policy: policy.recovery,
    me,
    subject,
    what,
    note,
    openedToday: opened.length,
    ...welcome,
    now,
  };
}

type Welcome = Pick<OpenFacts, 'mayWelcome' | 'firstDay'>;

const nobody: Welcome = { mayWelcome: false, firstDay: undefined };

/** Their manager, whoever the policy lets vouch for them (people of HR, say), and the help desk. */
async function readWelcome(
  { policy: { recovery } }: HouseServices,
  reader: GraphReader,
  { me, starter }: { readonly me: string; readonly starter: string },
): Promise<Welcome> {
  const [manager, hired] = await Promise.all([managerOf(reader, starter), hireDateOf(reader, starter)]);
  if (manager?.id === me) return { mayWelcome: true, firstDay: hired?.getTime() };
  const namedFor = Object.entries(recovery.attesters).flatMap(([id, people]) =>
    people.includes(me) ? [id] : [],
  );
  const [welcomed, helpDesk] = await Promise.all([
    peopleAmong(reader, namedFor),
    peopleAmong(reader, recovery.helpDesk),
  ]);
  const mayWelcome = welcomed.some(({ id }) => id === starter) || helpDesk.some(({ id }) => id === me);
  return { mayWelcome, firstDay: hired?.getTime() };
}
