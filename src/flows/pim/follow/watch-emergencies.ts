import { activations, type ScheduledHolder } from '../../../graph/pim/kinds.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { type About, addActivation } from '../activations.js';

/** Who uses an emergency role now, whatever the log says and when: one call a role. */
export async function watchEmergencies(services: HouseServices): Promise<void> {
  const { assigned, pim } = services.policy;
  const reader = services.graph.reader(services.ids.guid());
  await Promise.all(
    pim.emergency
      .filter((id) => !Object.hasOwn(assigned.azureRoles, id))
      .map(async (id) => {
        const kind = Object.hasOwn(assigned.groups, id) ? 'group' : 'role';
        const found = (await activations(reader, { kind, id })) ?? [];
        for (const holder of found) await meet(services, holder);
      }),
  );
}

async function meet(services: HouseServices, holder: ScheduledHolder): Promise<void> {
  const { requestId, principal } = holder;
  if (requestId === '' || principal.kind !== 'person') return;
  const { db } = services.store;
  const known = await db
    .selectFrom('activations')
    .select('id')
    .where('id', '=', requestId)
    .executeTakeFirst();
  if (known !== undefined) return;
  await services.store.write((tx) => addActivation(tx, services, rowOf(services, holder)));
  services.wake();
}

function rowOf({ clock }: HouseServices, holder: ScheduledHolder): ActivationRow {
  const now = clock.now().getTime();
  const startsAt = Date.parse(holder.startsAt ?? '') || now;
  const endsAt = Date.parse(holder.endsAt ?? '') || 0;
  const about: About = {
    name: holder.name,
    scopeName: holder.scopeName,
    does: '',
    personName: holder.principal.name,
    reason: '',
    system: '',
    number: '',
    minutes: endsAt > startsAt ? Math.round((endsAt - startsAt) / 60_000) : 0,
    scheduleId: '',
    approvers: [],
    approval: false,
    approvalId: '',
    schedule: holder.scheduleId,
    endedBy: '',
  };
  return {
    id: holder.requestId,
    kind: holder.kind,
    target: holder.id,
    scope: holder.scope,
    person: holder.principalId,
    about: JSON.stringify(about),
    state: startsAt > now ? 'scheduled' : 'active',
    verdict: '',
    emergency: 1,
    asked_at: Math.min(startsAt, now),
    starts_at: startsAt,
    ends_at: endsAt,
    look_back: '',
  };
}
