import type { Insertable } from 'kysely';
import type { AuditEvent } from '../../src/audit/events.js';
import type { About as AboutActivation } from '../../src/flows/pim/activations.js';
import type { About } from '../../src/flows/reviews/packets.js';
import type {
  ActivationRow,
  CardRow,
  ClaimRow,
  JobRow,
  PackageRequestRow,
  RecoveryCaseRow,
  ReviewRow,
} from '../../src/store/schema.js';

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

export const about: About = {
  review: 'AI Platform Admins, monthly',
  note: '',
  createdById: 'security',
  createdByName: 'Security',
  kind: 'group',
  id: 'group-1',
  name: 'AI Platform Admins',
  description: '',
  owners: [],
  noOwner: false,
  noDescription: false,
  wayBack: '',
  selfReview: false,
  stageNumber: 0,
  stageCount: 0,
  total: 1_000,
};

export function reviewRow(instance: string, more: Partial<ReviewRow> = {}): ReviewRow {
  return {
    instance_id: instance,
    definition_id: 'series',
    stage_id: '',
    state: 'running',
    about: JSON.stringify(about),
    ends_at: 2,
    undecided: 1_000,
    created_at: 1_700_000_000_000,
    ...more,
  };
}

export const aboutActivation: AboutActivation = {
  name: 'AI Administrator',
  scopeName: 'Directory',
  does: 'Manages everything about AI',
  personName: 'Mina Park',
  reason: 'The index is stuck',
  system: 'ServiceNow',
  number: 'INC-4711',
  minutes: 60,
  scheduleId: 'schedule-1',
  approvers: [],
  approval: true,
  approvalId: '',
  schedule: '',
  endedBy: '',
};

export function activationRow(id: string, more: Partial<ActivationRow> = {}): ActivationRow {
  return {
    id,
    kind: 'role',
    target: 'role-1',
    scope: '/',
    person: 'mina',
    about: JSON.stringify(aboutActivation),
    state: 'asked',
    verdict: '',
    emergency: 0,
    asked_at: 1_700_000_000_000,
    starts_at: 0,
    ends_at: 0,
    look_back: '',
    ...more,
  };
}

export function packageRequestRow(id: string, more: Partial<PackageRequestRow> = {}): PackageRequestRow {
  return {
    id,
    package_id: 'package-1',
    person: 'mina',
    requestor: 'mina',
    state: 'pendingApproval',
    stages: '[]',
    stage_since: 1_700_000_000_000,
    reminded: 0,
    created_at: 1_700_000_000_000,
    ended_at: 0,
    ...more,
  };
}

export function recoveryCaseRow(id: string, more: Partial<RecoveryCaseRow> = {}): RecoveryCaseRow {
  return {
    id,
    subject: 'mina',
    opened_by: 'mina',
    kind: 'lost',
    state: 'attest',
    about: '{}',
    privileged: 0,
    attested: '[]',
    issuer: '',
    pass: '',
    baseline: '[]',
    removed: '[]',
    cleaned: 0,
    opened_at: 1_700_000_000_000,
    changed_at: 1_700_000_000_000,
    escalated: 0,
    closed_at: 0,
    ...more,
  };
}

export function event(item = 'request:1'): AuditEvent {
  const data = { card: 'packages.decide', person: 'p' };
  return { kind: 'card.sent', actor: 'latchkey', item, reference: 'r', data };
}
