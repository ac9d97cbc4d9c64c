import type { PracticeContext } from '../context.js';
import type { Router } from '../http/router.js';
import { policiesFor } from '../world/eligibility.js';
import { type AssignmentRecord, type EntitlementState, isHeld } from '../world/entitlement-records.js';
import { newId } from '../world/ids.js';
import { type AccessPackage, accessPackages, type Policy, policiesOf } from '../world/packages.js';
import type { Person } from '../world/people.js';
import { refuse } from '../world/refusal.js';
import { archivePersonId, directoryPerson, directoryPersonByKey } from '../world/reviewed-people.js';
import { expireInput, holdInput, packageSettingsInput } from './package-inputs.js';

/** What administrators do about access packages behind everybody's back. */
export function packageRoutes(ctx: PracticeContext, router: Router): void {
  const { entitlement } = ctx.tenant;
  const on = (name: string, work: (body: unknown) => void): void =>
    router.on('POST', `/packages/${name}`, ({ body }) => {
      work(body);
      return { status: 200, body: overview(ctx) };
    });
  router.on('GET', '/packages', () => ({ status: 200, body: overview(ctx) }));
  on('hold', (body) => {
    const { person, archive = 0, package: key, policy, startsAt, endsAt } = holdInput(body);
    const found = packageOf(key);
    const people = person === undefined ? archivePeople(archive) : [personOf(person)];
    const wish = { found, policy: policyOf(found, policy), startsAt, endsAt };
    entitlement.change((state, now) => held(state, people, wish, now));
  });
  on('expire', (body) => {
    const { person, package: key } = expireInput(body);
    const [{ id: targetId }, { id: packageId }] = [personOf(person), packageOf(key)];
    entitlement.change((state, now) => ended(state, targetId, packageId, now));
  });
  on('settings', (body) => {
    const { package: key, fails } = packageSettingsInput(body);
    const { id } = packageOf(key);
    entitlement.change((state) => ({ ...state, failures: { ...state.failures, [id]: fails } }));
  });
}

interface Hold {
  readonly found: AccessPackage;
  readonly policy: Policy;
  readonly startsAt: string | undefined;
  readonly endsAt: string;
}

// Whoever has the package keeps the assignment, with other dates.
function held(
  state: EntitlementState,
  people: readonly Person[],
  { found, policy, startsAt, endsAt }: Hold,
  now: number,
): EntitlementState {
  const before = new Map(
    state.assignments
      .filter((each) => each.packageId === found.id && isHeld(each))
      .map((each) => [each.targetId, each]),
  );
  const given = people.map((person): AssignmentRecord => {
    if (!policiesFor(found, person).includes(policy))
      refuse(400, 'BadRequest', `${person.displayName} may not have this package by that policy.`);
    const old = before.get(person.id);
    return {
      id: old?.id ?? newId(),
      packageId: found.id,
      policyId: policy.id,
      targetId: person.id,
      state: 'delivered',
      startsAt: startsAt ?? old?.startsAt ?? new Date(now).toISOString(),
      endsAt,
    };
  });
  const replaced = new Set(given.map(({ id }) => id));
  const others = state.assignments.filter(({ id }) => !replaced.has(id));
  return { ...state, assignments: [...others, ...given] };
}

function ended(state: EntitlementState, targetId: string, packageId: string, now: number): EntitlementState {
  const at = new Date(now).toISOString();
  const mine = (each: AssignmentRecord): boolean =>
    each.targetId === targetId && each.packageId === packageId && isHeld(each);
  if (!state.assignments.some(mine)) refuse(400, 'BadRequest', 'This person does not have this package.');
  const assignments = state.assignments.map((each) =>
    mine(each) ? { ...each, state: 'expired' as const, endsAt: at, expiredAt: at } : each,
  );
  return { ...state, assignments };
}

function overview({ tenant: { entitlement } }: PracticeContext): unknown {
  const failures = entitlement.failures();
  const packages = accessPackages.map((found) => ({
    key: found.key,
    id: found.id,
    name: found.displayName,
    policies: policiesOf(found).map(({ id, displayName: name, questions = [] }) => ({
      ...{ id, name },
      questions: questions.map((question) => ({ id: question.id, text: question.text })),
    })),
    fails: failures[found.id] ?? found.fails ?? '',
  }));
  const held = entitlement.assignments().map(({ id, packageId, targetId, state, startsAt, endsAt }) => ({
    id,
    package: accessPackages.find((found) => found.id === packageId)?.key ?? packageId,
    person: directoryPerson(targetId)?.key ?? targetId,
    ...{ state, startsAt, endsAt },
  }));
  return { packages, assignments: held };
}

function archivePeople(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => directoryPerson(archivePersonId(index))).flatMap(
    (person) => (person?.userType === 'Member' ? [person] : []),
  );
}

function packageOf(key: string): AccessPackage {
  const found = accessPackages.find((each) => each.key === key || each.id === key.toLowerCase());
  return found ?? refuse(404, 'NotFound', `No package here has the key "${key}".`);
}

function policyOf(found: AccessPackage, id: string | undefined): Policy {
  if (id === undefined) return found.policy;
  const policy = policiesOf(found).find((each) => each.id === id.toLowerCase());
  return policy ?? refuse(404, 'NotFound', 'This package has no such policy.');
}

function personOf(key: string): Person {
  return directoryPersonByKey(key) ?? refuse(404, 'NotFound', `Nobody here has the key "${key}".`);
}
