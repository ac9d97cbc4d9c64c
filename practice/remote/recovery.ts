import type { PracticeContext } from '../context.js';
import { actorOf, mayManage } from '../graph/recovery/authority.js';
import type { Router } from '../http/router.js';
import type { AuditActor } from '../world/audits.js';
import { groups } from '../world/groups.js';
import { newId } from '../world/ids.js';
import type { Person } from '../world/people.js';
import { defaultChanged, methodDeleted, methodRegistered } from '../world/recovery/change-method.js';
import { managerChanged } from '../world/recovery/directory-changes.js';
import { passDeleted, passMade } from '../world/recovery/make-pass.js';
import { methodFrom } from '../world/recovery/new-method.js';
import { allUsers, type PassPolicy } from '../world/recovery/pass.js';
import { passTried } from '../world/recovery/pass-sign-in.js';
import { changeRole } from '../world/recovery/role-change.js';
import { home, withSignIn } from '../world/recovery/sign-in-log.js';
import { refuse } from '../world/refusal.js';
import { directoryPersonByKey } from '../world/reviewed-people.js';
import { type Role, roles } from '../world/roles.js';
import { recoveryInputs as inputs } from './recovery-inputs.js';
import { recoveryOverview } from './recovery-panel.js';

/** What people and administrators do about sign-in methods in the portal and at the sign-in page. */
export function recoveryRoutes(ctx: PracticeContext, router: Router): void {
  router.on('GET', '/recovery', () => ({ status: 200, body: recoveryOverview(ctx) }));
  const on = (name: string, work: (body: unknown) => unknown): void =>
    router.on('POST', `/recovery/${name}`, ({ body }) => ({
      status: 200,
      body: work(body) ?? recoveryOverview(ctx),
    }));
  setUp(ctx, on);
  methodActs(ctx, on);
  passActs(ctx, on);
  directoryActs(ctx, on);
}

type On = (name: string, work: (body: unknown) => unknown) => void;

const roleLasts = 8 * 3_600_000;

function setUp({ tenant: { recovery } }: PracticeContext, on: On): void {
  on('settings', (body) => {
    const { reportDelay, signInDelay, ...plain } = inputs.settings(body);
    recovery.apply((state) => {
      const old = state.settings;
      const settings = {
        ...old,
        reportDelayMs: reportDelay ?? old.reportDelayMs,
        signInDelayMs: signInDelay ?? old.signInDelayMs,
        page: plain.page ?? old.page,
        methodsLimited: plain.methodsLimited ?? old.methodsLimited,
        archived: plain.archived ?? old.archived,
      };
      return { state: { ...state, settings }, rows: [] };
    });
  });
  on('policy', (body) => {
    const { includes, excludes, ...change } = inputs.policy(body);
    recovery.apply((state) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const policy: PassPolicy = {
        ...state.policy,
        ...given,
        includes: includes?.map(groupId) ?? state.policy.includes,
        excludes: excludes?.map(groupId) ?? state.policy.excludes,
      };
      const { leastMinutes, defaultMinutes, longestMinutes } = policy;
      if (leastMinutes > defaultMinutes || defaultMinutes > longestMinutes)
        refuse(400, 'BadRequest', 'The usual lifetime must lie between the shortest and the longest.');
      return { state: { ...state, policy }, rows: [] };
    });
  });
}

function methodActs({ tenant: { recovery } }: PracticeContext, on: On): void {
  on('register-method', (body) => {
    const { person, by, method: wish, at, ip } = inputs.registered(body);
    const about = personOf(person);
    recovery.apply((state, moment) => {
      const method = methodFrom(wish, at ?? new Date(moment.now).toISOString());
      return methodRegistered(state, moment, { about, by: actor(by ?? person, ip), method });
    });
  });
  on('delete-method', (body) => {
    const { person, by, id, ip } = inputs.deleted(body);
    const about = personOf(person);
    recovery.apply((state, moment) =>
      methodDeleted(state, moment, { about, by: actor(by ?? person, ip), kind: undefined, id }),
    );
  });
  on('default', (body) => {
    const { person, by, method: preferred, ip } = inputs.chosen(body);
    const about = personOf(person);
    recovery.apply((state, moment) =>
      defaultChanged(state, moment, { about, by: actor(by ?? person, ip), preferred }),
    );
  });
}

function passActs(ctx: PracticeContext, on: On): void {
  const { tenant } = ctx;
  const { recovery } = tenant;
  on('pass', (body) => {
    const { person, by, minutes, once, startsAt } = inputs.pass(body);
    const about = personOf(person);
    mustManage(ctx, by, about);
    const wish = { minutes, once, startsAt };
    const { pass, code } = recovery.apply((state, moment) =>
      passMade(state, moment, { about, wish, by: actor(by) }),
    );
    return { id: pass.id, code };
  });
  on('delete-pass', (body) => {
    const { person, by } = inputs.passGone(body);
    const about = personOf(person);
    if (by !== person) mustManage(ctx, by, about);
    const [pass] = recovery.passes(about.id);
    recovery.apply((state, moment) =>
      passDeleted(state, moment, { about, id: pass?.id ?? '', by: actor(by) }),
    );
  });
  on('sign-in', (body) => {
    const { person, code, register, ip, city, country } = inputs.signIn(body);
    const about = personOf(person);
    if (!tenant.accounts.enabled(about)) refuse(400, 'BadRequest', 'The account is disabled.');
    const from = { ip: ip ?? home.ip, city: city ?? home.city, country: country ?? home.country };
    const { failure } = recovery.apply((state, moment) =>
      passTried(state, moment, {
        ...{ about, code, from, by: actor(person, from.ip) },
        groupIds: tenant.groupsOf(about.id, 'transitive').map(({ id }) => id),
        register: register && methodFrom(register, new Date(moment.now).toISOString()),
      }),
    );
    // The attempt stays in the log of sign-ins, whatever came of it.
    if (failure !== '') refuse(400, 'BadRequest', failure);
    return { signedIn: true, registered: register !== undefined };
  });
}

function directoryActs({ tenant }: PracticeContext, on: On): void {
  const { recovery } = tenant;
  on('manager', (body) => {
    const { person, manager, by, at, row } = inputs.manager(body);
    const about = personOf(person);
    const managerKey = manager === null ? '' : personOf(manager).key;
    recovery.apply((state, { now }) => {
      const when = at ?? new Date(now).toISOString();
      return managerChanged(state, { about, managerKey, by: actor(by), at: when, as: row });
    });
  });
  on('sign-ins', (body) => {
    const { person, at, app, ip, city, country, ok, risk, riskState } = inputs.signIns(body);
    const about = personOf(person);
    recovery.apply((state, { now }) => {
      const added = {
        ...{ id: newId(), personId: about.id, at: at ?? new Date(now).toISOString(), app, risk },
        ...{ ip: ip ?? home.ip, city: city ?? home.city, country: country ?? home.country },
        errorCode: ok ? 0 : 50_126,
        failure: ok ? '' : 'Invalid username or password.',
        riskState: riskState ?? (risk === 'none' ? ('none' as const) : ('atRisk' as const)),
      };
      return { state: { ...state, signIns: withSignIn(state.signIns, added) }, rows: [] };
    });
  });
  on('role', (body) => {
    const { person, role, held, for: forMs = roleLasts } = inputs.role(body);
    changeRole(tenant, { person: personOf(person), role: roleNamed(role), held, forMs });
  });
  on('hire-date', (body) => {
    const { person, on: date } = inputs.hireDate(body);
    const { id } = personOf(person);
    recovery.apply((state) => ({
      state: { ...state, hireDates: { ...state.hireDates, [id]: date } },
      rows: [],
    }));
  });
}

// The portal shows the button to everybody, and refuses like the service behind it.
function mustManage({ tenant }: PracticeContext, byKey: string, about: Person): void {
  const { id } = personOf(byKey);
  if (id === about.id || !mayManage(tenant, id, about.id))
    refuse(403, 'accessDenied', 'Request Authorization failed');
}

function actor(key: string, ip?: string): AuditActor {
  return actorOf(personOf(key), ip);
}

function personOf(key: string): Person {
  return directoryPersonByKey(key) ?? refuse(404, 'NotFound', `Nobody here has the key "${key}".`);
}

function roleNamed(name: string): Role {
  const found = roles.find(({ id, displayName }) => displayName === name || id === name.toLowerCase());
  return found ?? refuse(404, 'NotFound', `No role here is called "${name}".`);
}

function groupId(name: string): string {
  if (name === allUsers) return name;
  const found = groups.find(({ id, displayName }) => displayName === name || id === name.toLowerCase());
  return (found ?? refuse(404, 'NotFound', `No group here is called "${name}".`)).id;
}
