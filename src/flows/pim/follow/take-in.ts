import { minute } from '../../../base/clock.js';
import type { Asked } from '../../../graph/pim/activating.js';
import { withNames } from '../../../graph/pim/kinds.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { type About, aboutOf, activationById, addActivation, learn, type News } from '../activations.js';
import { whatItDoes } from '../does.js';
import { decideWithin } from '../limits.js';
import { isForEmergencies } from '../target.js';
import { stateOf } from './state-of.js';

/** What somebody's own token shows of a request: the bot keeps it, and all its cards follow. */
export async function takeIn(services: HouseServices, asked: Asked): Promise<ActivationRow> {
  const before = await activationById(services, asked.id);
  const met = before === undefined ? await meet(services, asked) : undefined;
  await services.store.write(async (tx) => {
    if (met !== undefined) await addActivation(tx, services, met);
    if (before !== undefined)
      await learn(tx, services, before, newsOf(before, asked, services.clock.now().getTime()), {
        state: asked.state,
      });
  });
  services.wake();
  const row = await activationById(services, asked.id);
  if (row === undefined) throw new TypeError(`No activation ${asked.id}`);
  return row;
}

function newsOf(row: ActivationRow, asked: Asked, now: number) {
  const known = aboutOf(row);
  const about = aboutFrom(asked, known);
  // Entra calls it failed, too, when nobody decided in time.
  const ranOut = asked.state === 'failed' && known.approval && now > row.asked_at + decideWithin;
  const state = ranOut && row.state === 'asked' ? 'expired' : stateOf[asked.state];
  // The request stays "provisioned" for ever: it knows nothing of the end of what it made.
  const over = state === 'active' && row.ends_at > 0 && row.state === 'ended';
  return {
    about,
    scope: asked.target.scope,
    ...(over || (state === 'active' && row.state === 'ready') ? {} : { state }),
    ...timesOf(asked, known.minutes),
  };
}

function timesOf({ startsAt, minutes }: Asked, known: number): Pick<News, 'startsAt' | 'endsAt'> {
  const start = Date.parse(startsAt ?? '');
  if (Number.isNaN(start)) return {};
  const length = minutes === 0 ? known : minutes;
  return { startsAt: start, ...(length === 0 ? {} : { endsAt: start + length * minute }) };
}

const unknown: About = {
  name: '',
  scopeName: '',
  does: '',
  personName: '',
  reason: '',
  system: '',
  number: '',
  minutes: 0,
  scheduleId: '',
  approvers: [],
  approval: true,
  approvalId: '',
  schedule: '',
  endedBy: '',
};

/** What is told now counts; what is not told now may have been known before. */
function aboutFrom(asked: Asked, known: About): About {
  const told = {
    name: asked.name,
    scopeName: asked.scopeName,
    personName: asked.principalName,
    reason: asked.justification,
    system: asked.ticket.system,
    number: asked.ticket.number,
    approvalId: asked.approvalId,
    schedule: asked.scheduleId,
  };
  const words = Object.entries(told).filter(([, text]) => text !== '');
  return {
    ...known,
    ...Object.fromEntries(words),
    minutes: asked.minutes === 0 ? known.minutes : asked.minutes,
  };
}

/** Made elsewhere, and seen here for the first time. */
async function meet({ policy, graph, ids }: HouseServices, found: Asked): Promise<ActivationRow> {
  const reader = graph.reader(ids.guid());
  const [asked = found] = await withNames(reader, [found]);
  const { kind, id: target, scope } = asked.target;
  const { startsAt = 0, endsAt = 0 } = timesOf(asked, 0);
  const does = await whatItDoes(reader, asked.target);
  return {
    id: asked.id,
    kind,
    target,
    scope,
    person: asked.principalId,
    about: JSON.stringify({ ...aboutFrom(asked, unknown), does }),
    state: stateOf[asked.state],
    verdict: '',
    emergency: isForEmergencies(policy, asked.target) ? 1 : 0,
    asked_at: Date.parse(asked.createdAt) || 0,
    starts_at: startsAt,
    ends_at: endsAt,
    look_back: '',
  };
}
