import type { PracticeContext } from '../context.js';
import type { Holding } from '../world/pim/held.js';
import type { PimKind, PimRequest, TargetRef } from '../world/pim/records.js';
import { directoryPerson } from '../world/reviewed-people.js';

const kinds: readonly PimKind[] = ['role', 'group', 'azure'];
const mostAsked = 12;

/** Just-in-time roles: what was asked for in this world, newest first, and what is active now. */
export function readableRoles(ctx: PracticeContext): unknown {
  const { pim } = ctx.tenant;
  const active = kinds
    .flatMap((kind) => pim.held(kind))
    .filter(
      ({ assignmentType, principalKind }) => assignmentType === 'Activated' && principalKind === 'user',
    );
  const asked = pim.state().requests.filter(({ action }) => action === 'selfActivate');
  return {
    active: active.map((holding) => readableHolding(ctx, holding)),
    asked: asked
      .slice(-mostAsked)
      .toReversed()
      .map((request) => readableAsked(ctx, request)),
  };
}

function readableHolding(ctx: PracticeContext, found: Holding): unknown {
  const { principalId, startsAt: from, endsAt } = found;
  return { person: name(principalId), role: roleName(ctx, found.target), from, until: endsAt ?? null };
}

function readableAsked(ctx: PracticeContext, request: PimRequest): unknown {
  const { pim } = ctx.tenant;
  const { step, target, ticketSystem, ticketNumber } = request;
  const activation = pim.state().activations.find(({ requestId }) => requestId === request.id);
  // Nothing marks the request of an activation that is over.
  const over = request.status === 'Provisioned' && activation === undefined;
  const may = pim.approvers(target).filter((id) => id !== request.principalId);
  return {
    id: request.id,
    person: name(request.principalId),
    role: roleName(ctx, target),
    state: over ? 'Ended' : request.status,
    createdAt: request.createdAt,
    minutes: Math.round(request.durationMs / 60_000),
    from: activation?.startsAt ?? null,
    until: activation?.endsAt ?? null,
    reason: request.justification,
    ticket: [ticketSystem, ticketNumber].filter((part) => part !== '').join(' '),
    approvers: step?.status === 'InProgress' ? may.map(name) : [],
    decision: step?.reviewedById
      ? {
          result: step.result,
          by: name(step.reviewedById),
          at: step.reviewedAt ?? null,
          justification: step.justification,
        }
      : null,
  };
}

function roleName({ tenant }: PracticeContext, target: TargetRef): string {
  const found = tenant.pim.target(target);
  const where = target.kind === 'group' ? target.scope : found?.scopeName;
  const role = found?.name ?? target.id;
  return where ? `${role} (${where})` : role;
}

function name(personId: string): string {
  return directoryPerson(personId)?.displayName ?? personId;
}
