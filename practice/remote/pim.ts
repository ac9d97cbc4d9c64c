import type { PracticeContext } from '../context.js';
import type { Router } from '../http/router.js';
import type { Person } from '../world/people.js';
import { person as actor, outsideRow } from '../world/pim/audit.js';
import { sameTarget } from '../world/pim/catalogue.js';
import { lengthText } from '../world/pim/length.js';
import type { PimRequest, PimSettings, PimState, Target, TargetRules } from '../world/pim/records.js';
import { eligibleId } from '../world/pim/seeds.js';
import { refuse } from '../world/refusal.js';
import { directoryPersonByKey } from '../world/reviewed-people.js';
import {
  pimActInput,
  pimEligibleInput,
  pimRequestInput,
  pimRulesInput,
  pimSettingsInput,
} from './pim-inputs.js';

/** What administrators set up about just-in-time roles, and what people do in the portal. */
export function pimRoutes(ctx: PracticeContext, router: Router): void {
  const { pim } = ctx.tenant;
  router.on('GET', '/pim', () => ({ status: 200, body: overview(ctx) }));
  const on = (name: string, work: (body: unknown) => unknown): void =>
    router.on('POST', `/pim/${name}`, ({ body }) => ({ status: 200, body: work(body) ?? overview(ctx) }));
  on('settings', (body) => changeSettings(ctx, body));
  on('rules', (body) => {
    const { target: key, ...change } = pimRulesInput(body);
    const rules = changedRules(targetOf(ctx, key).rules, change);
    pim.change((state) => ({ ...state, rules: { ...state.rules, [key]: rules } }));
  });
  on('eligible', (body) => {
    const { person, target, eligible } = pimEligibleInput(body);
    const change = { personId: personOf(person).id, target: targetOf(ctx, target), eligible };
    pim.change((state, now) => withEligible(state, now, change));
  });
  on('act', (body) => {
    const { person, activity, on: thing = '', type = 'Other', ok, at } = pimActInput(body);
    const { id } = personOf(person);
    const target = { name: thing, type };
    const row = outsideRow({ by: actor(id, portalAddress), activity, target, ok });
    ctx.tenant.audits.add({ ...row, at });
    return { ok: true };
  });
  on('request', (body) => asked(ctx, body));
}

const portalAddress = '203.0.113.20';

function changeSettings({ tenant: { pim, audits } }: PracticeContext, body: unknown): void {
  const { readLag, readyLag, provisionLag, submitLag, auditDelay, wrapErrors, withoutMfa } =
    pimSettingsInput(body);
  if (auditDelay !== undefined) audits.setDelay(auditDelay);
  const without = withoutMfa?.map((key) => personOf(key).id);
  pim.change((state) => {
    const old = state.settings;
    const settings: PimSettings = {
      readLagMs: readLag ?? old.readLagMs,
      readyLagMs: readyLag ?? old.readyLagMs,
      provisionLagMs: provisionLag ?? old.provisionLagMs,
      submitLagMs: submitLag ?? old.submitLagMs,
      // Null goes back to what was seen in the field; not a word about it leaves it as it is.
      wrapErrors: wrapErrors === undefined ? old.wrapErrors : (wrapErrors ?? undefined),
      withoutMfa: without ?? old.withoutMfa,
    };
    return { ...state, settings };
  });
}

function changedRules(
  old: TargetRules,
  change: Omit<ReturnType<typeof pimRulesInput>, 'target'>,
): TargetRules {
  const { longest, enabled, context, approvers, approverReason } = change;
  const people = approvers?.map((key) => ({ kind: 'user' as const, id: personOf(key).id }));
  return {
    longest: longest ?? old.longest,
    enabled: enabled ?? old.enabled,
    context: context ?? old.context,
    // Null takes the approval away altogether; an empty list is something else.
    approvers: approvers === undefined ? old.approvers : people,
    approverReason: approverReason ?? old.approverReason,
  };
}

function withEligible(
  state: PimState,
  now: number,
  change: { readonly personId: string; readonly target: Target; readonly eligible: boolean },
): PimState {
  const { personId, target, eligible } = change;
  const others = state.eligible.filter(
    (each) => each.principalId !== personId || !sameTarget(each.target, target),
  );
  if (!eligible) return { ...state, eligible: others };
  const { kind, id, scope } = target;
  const record = {
    id: eligibleId(target.key, personId),
    target: { kind, id, scope },
    principalKind: 'user' as const,
    principalId: personId,
    startsAt: new Date(now).toISOString(),
  };
  return { ...state, eligible: [...others, record] };
}

// The portal has made sure of the sign-in before it lets anybody press.
function asked(ctx: PracticeContext, body: unknown): unknown {
  const { person: key, target: name, minutes, reason, ticket = '' } = pimRequestInput(body);
  const person = personOf(key);
  const target = targetOf(ctx, name);
  const { kind, id, scope, rules } = target;
  const space = ticket.lastIndexOf(' ');
  const request = ctx.tenant.pim.submit(
    { person, acrs: rules.context === '' ? [] : [rules.context], cp1: true, ip: portalAddress },
    {
      target: { kind, id, scope },
      action: 'selfActivate',
      principalId: person.id,
      justification: reason,
      ticketSystem: ticket.slice(0, Math.max(space, 0)),
      ticketNumber: ticket.slice(space + 1),
      expiration: { type: 'afterDuration', duration: lengthText(minutes * 60_000) },
      validationOnly: false,
    },
  );
  return readable(ctx, request);
}

function overview(ctx: PracticeContext): unknown {
  const { pim } = ctx.tenant;
  const { settings, requests } = pim.state();
  return {
    targets: pim.targets().map(({ key, kind, id, scope, name, rules }) => ({
      ...{ key, kind, id, scope, name },
      ...{ rules: { ...rules, approvers: rules.approvers ?? null } },
    })),
    requests: requests.toReversed().map((request) => readable(ctx, request)),
    settings,
  };
}

function readable({ tenant: { pim } }: PracticeContext, request: PimRequest): unknown {
  const target = pim.target(request.target);
  const { id, principalId: person, action, status, createdAt, startsAt, durationMs, justification } = request;
  return {
    ...{ id, target: target?.key ?? '', kind: request.target.kind, name: target?.name ?? '' },
    ...{ person, action, status, createdAt, justification },
    startsAt: startsAt ?? null,
    minutes: Math.round(durationMs / 60_000),
    ticket: [request.ticketSystem, request.ticketNumber].filter((part) => part !== '').join(' '),
    step: request.step ?? null,
  };
}

function targetOf({ tenant: { pim } }: PracticeContext, key: string): Target {
  const found = pim.targets().find((target) => target.key === key);
  return found ?? refuse(404, 'NotFound', `No role here has the key "${key}".`);
}

function personOf(key: string): Person {
  return directoryPersonByKey(key) ?? refuse(404, 'NotFound', `Nobody here has the key "${key}".`);
}
