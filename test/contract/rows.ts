import type { Insertable } from 'kysely';
import type { AuditEvent } from '../../src/audit/events.js';
import type { CardRow, ClaimRow, JobRow } from '../../src/store/schema.js';

export function claimRow(id: string, more: Partial<ClaimRow> = {}): ClaimRow {
  return {
    id,
    item: 'request:1',
    stage: 'first',
    action: 'decide',
    effect: 'packages.approve',
    state: 'claimed',
    actor_id: 'a',
    actor_name: 'A',
    args: '{}',
    card_ref: 'c',
    reference: 'r',
    lease_owner: 'me',
    lease_until: 1,
    receipt: null,
    created_at: 1,
    settled_at: null,
    ...more,
  };
}

export function cardRow(ref: string, more: Partial<CardRow> = {}): CardRow {
  return {
    ref,
    flow: 'packages',
    kind: 'packages.decide',
    item: 'request:1',
    person: 'p',
    purpose: ref,
    state: 'open',
    version: 0,
    shown_version: 0,
    picture: '',
    conversation_id: null,
    activity_id: null,
    created_at: 1,
    expires_at: 2,
    ...more,
  };
}

export function jobRow(more: Partial<Omit<JobRow, 'id'>> = {}): Insertable<JobRow> {
  return {
    kind: 'any',
    key: null,
    payload: '{}',
    state: 'waiting',
    run_at: 0,
    attempts: 0,
    lease_owner: null,
    lease_until: 0,
    last_error: null,
    created_at: 0,
    ...more,
  };
}

export function event(item = 'request:1'): AuditEvent {
  const data = { card: 'packages.decide', person: 'p' };
  return { kind: 'card.sent', actor: 'latchkey', item, reference: 'r', data };
}
