import { randomUUID } from 'node:crypto';
import type { AuditEvent } from '../../src/audit/events.js';
import type { ClaimRow, ConversationRow } from '../../src/store/schema.js';

/** Rows as the bot writes them; a test names only what it is about. */
export function claimRow(given: Partial<ClaimRow> = {}): ClaimRow {
  return {
    id: randomUUID(),
    item: 'assignmentRequest:1',
    stage: 'stage-1',
    action: 'decide',
    effect: 'packages.decide',
    state: 'claimed',
    actor_id: 'mina',
    actor_name: 'Mina Park',
    args: '{}',
    card_ref: 'card-1',
    reference: randomUUID(),
    lease_owner: 'instance-1',
    lease_until: 1_800_000_000_000,
    receipt: null,
    created_at: 1_700_000_000_000,
    settled_at: null,
    ...given,
  };
}

export function conversationRow(given: Partial<ConversationRow> = {}): ConversationRow {
  return {
    person: 'mina',
    tenant_id: 'contoso',
    conversation_id: 'chat-of-mina',
    service_url: 'https://teams.example/',
    bot_id: '28:bot',
    mri: '29:mina',
    seen_at: 1_700_000_000_000,
    dead_since: null,
    ...given,
  };
}

export function auditEvent(
  given: Partial<Pick<AuditEvent, 'actor' | 'item' | 'reference'>> = {},
): AuditEvent {
  return {
    kind: 'click.refused',
    actor: 'mina',
    item: 'card:1',
    reference: 'reference-1',
    data: { verb: 'packages.approve', code: 'packages.not-approver', basis: ['approver'] },
    ...given,
  };
}
