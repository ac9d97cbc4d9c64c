import type { PracticeContext } from '../context.js';
import { people, tenantId } from '../world/people.js';
import type { Method } from '../world/recovery/methods.js';
import { endOf, type Pass, usability } from '../world/recovery/pass.js';
import { privilegesOf } from '../world/recovery/privilege.js';
import { directoryPerson } from '../world/reviewed-people.js';

const newestSignIns = 50;

/** What the room offers to somebody who has signed in with a pass. */
const choices = [
  passkey('Passkey in Microsoft Authenticator, iPhone', '90a3ccdf-635c-4729-a248-9b709135078f'),
  passkey('Passkey in Microsoft Authenticator, Android', 'de1e552d-db1d-4423-a619-566b625cdc84'),
  passkey('YubiKey 5C NFC (firmware 5.7)', 'a25342c0-3cdc-4414-8e46-f4807fca511c'),
  passkey('YubiKey 5 Nano (firmware 5.7)', '19083c3d-8383-4b18-bc03-8f1c9ab2fd1b'),
  { title: 'Windows Hello on a laptop', method: { kind: 'hello', name: 'New laptop' } },
  { title: 'Authenticator app, without a passkey', method: { kind: 'authenticator', name: 'New phone' } },
];

/** Everything about sign-in methods, with keys instead of ids. Nothing here has ever seen a code. */
export function recoveryOverview(ctx: PracticeContext): unknown {
  const { recovery } = ctx.tenant;
  const { settings, policy, signIns } = recovery.state();
  return {
    people: people
      .filter((person) => person.tenantId === tenantId)
      .map((person) => ({
        key: person.key,
        id: person.id,
        methods: recovery.methods(person.id),
        preferred: recovery.preference(person.id),
        passes: recovery.passes(person.id).map((pass) => readablePass(ctx, pass)),
        manager: recovery.managerKey(person),
        sessionsFrom: recovery.sessionsFrom(person.id),
        privileges: privilegesOf(ctx.tenant, person.id),
      })),
    policy,
    settings,
    signIns: signIns.slice(-newestSignIns).toReversed(),
    choices,
  };
}

/** For the panel of the room: passes there are, and what was registered in this world. */
export function readableRecovery(ctx: PracticeContext): unknown {
  const { recovery, startedAt } = ctx.tenant;
  const { passes, methods } = recovery.state();
  const began = startedAt().getTime();
  return {
    passes: passes.map((pass) => ({ person: nameOf(pass.personId), ...readablePass(ctx, pass) })),
    registered: Object.entries(methods).flatMap(([personId, all]) =>
      all
        .filter(({ createdAt }) => Date.parse(createdAt) >= began)
        .map((method) => ({ person: nameOf(personId), method: title(method), at: method.createdAt })),
    ),
    choices,
  };
}

function readablePass({ tenant, clock }: PracticeContext, pass: Pass): Readonly<Record<string, unknown>> {
  const { id, createdAt, startsAt, minutes, once, personId } = pass;
  const state = usability(pass, {
    policy: tenant.recovery.state().policy,
    groupIds: tenant.groupsOf(personId, 'transitive').map((group) => group.id),
    now: clock.now().getTime(),
  });
  const used = pass.usedAt === '' ? null : pass.usedAt;
  return { id, createdAt, startsAt, until: new Date(endOf(pass)).toISOString(), minutes, once, used, state };
}

function title(method: Method): string {
  if (method.kind === 'phone') return `Phone ${method.number}`;
  if (method.kind === 'email') return `Email ${method.address}`;
  return 'name' in method ? method.name : method.kind;
}

function nameOf(personId: string): string {
  return directoryPerson(personId)?.displayName ?? personId;
}

function passkey(name: string, aaguid: string): unknown {
  return { title: name, method: { kind: 'fido2', name, aaguid, type: 'deviceBound' } };
}
