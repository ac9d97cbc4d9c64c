import { z } from 'zod/v4';
import { collect } from '../collect.js';
import { equal } from '../equal.js';
import { id } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { segment } from '../url.js';
import type { Target } from './activating.js';
import { groupBase } from './group-access.js';
import { withGroupNames } from './group-names.js';
import { asEligibleMember, asMemberInstance, asMemberSchedule } from './group-right.js';
import type { EligibleHolder, ScheduledHolder, StandingHolder } from './principal.js';

const objectShape = z.object({ id }).catch({ id: undefined });

/** Read from the person's side: they are in fewer groups than a group has members. Ownership only the group knows. */
export async function groupEffective(
  reader: GraphReader,
  { target, principalId }: { readonly target: Target; readonly principalId: string },
): Promise<boolean> {
  const [path, wanted] =
    target.scope.toLowerCase() === 'owner'
      ? [`/groups/${segment(target.id)}/owners`, principalId]
      : [`/users/${segment(principalId)}/transitiveMemberOf`, target.id];
  const query = { $select: 'id', $top: '999' };
  for await (const page of reader.pages(path, { query })) {
    if (page.some((object) => objectShape.parse(object).id === wanted.toLowerCase())) return true;
  }
  return false;
}

export async function groupStandingHolders(
  reader: GraphReader,
  target: Target,
): Promise<readonly StandingHolder[]> {
  const query = { $filter: equal('groupId', target.id), $expand: 'principal' };
  const pages = reader.pages(`${groupBase}/assignmentScheduleInstances`, { query });
  const held = await collect(pages, asMemberInstance);
  const wanted = target.scope.toLowerCase();
  return withGroupNames(
    reader,
    held.filter(({ activated, scope }) => !activated && scope === wanted),
  );
}

/** Activations in one group by whomever, those that begin later too. */
export async function groupActivations(
  reader: GraphReader,
  groupId: string,
): Promise<readonly ScheduledHolder[]> {
  const query = { $filter: equal('groupId', groupId), $expand: 'principal' };
  const pages = reader.pages(`${groupBase}/assignmentSchedules`, { query });
  const found = await collect(pages, asMemberSchedule);
  return withGroupNames(
    reader,
    found.filter(({ activated }) => activated),
  );
}

export async function groupEligibleHolders(
  reader: GraphReader,
  groupId: string,
): Promise<readonly EligibleHolder[]> {
  const query = { $filter: equal('groupId', groupId), $expand: 'principal' };
  const pages = reader.pages(`${groupBase}/eligibilityScheduleInstances`, { query });
  return withGroupNames(reader, await collect(pages, asEligibleMember));
}
