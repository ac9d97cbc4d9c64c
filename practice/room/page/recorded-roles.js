// @ts-check
import { h } from './dom.js';
import { shortDateTime } from './times.js';

/** @type {Readonly<Record<string, string>>} */
const states = {
  PendingApproval: 'Waits for approval',
  Granted: 'Begins later',
  PendingProvisioning: 'Being activated',
  Provisioned: 'Active',
  Denied: 'Denied',
  Canceled: 'Withdrawn',
  TimedOut: 'Nobody decided',
};

/**
 * Just-in-time roles: what is active, and what people asked for.
 * @param {import('./api.js').RecordedRoles} roles
 */
export function drawRoles({ active, asked }) {
  if (active.length === 0 && asked.length === 0) return [];
  return [
    h('h3', { text: 'Roles' }),
    ...(active.length > 0 ? [h('ul', { class: 'access' }, ...active.map(drawActive))] : []),
    ...asked.map(drawAsked),
  ];
}

/** @param {import('./api.js').ActiveRole} holding */
function drawActive({ person, role, until }) {
  const end = until ? `until ${shortDateTime(until)}` : 'without an end';
  return h('li', {}, h('strong', { text: person }), ` ${role}, ${end}`);
}

/** @param {import('./api.js').AskedRole} asked */
function drawAsked({
  person,
  role,
  state,
  createdAt,
  minutes,
  from,
  until,
  reason,
  ticket,
  approvers,
  decision,
}) {
  const length = minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
  const window = from && until ? `${shortDateTime(from)} to ${shortDateTime(until)}` : `for ${length}`;
  return h(
    'div',
    { class: 'record', role: 'group', 'aria-label': `${role} for ${person}` },
    h(
      'p',
      { class: 'record-head' },
      h('strong', { text: role }),
      h('span', { class: `state ${tone(state)}`, text: states[state] ?? state }),
    ),
    h('p', { class: 'record-by', text: `${person} · ${shortDateTime(createdAt)} · ${window}` }),
    ticket !== '' && h('p', { class: 'record-by', text: `Ticket ${ticket}` }),
    reason !== '' && h('blockquote', { text: reason }),
    approvers.length > 0 && h('p', { class: 'stage', text: `Asked: ${approvers.join(', ')}` }),
    decision !== null && drawDecision(decision),
  );
}

/** @param {import('./api.js').RoleDecision} decision */
function drawDecision({ result, by, at, justification }) {
  return h(
    'p',
    { class: 'stage' },
    h('span', { text: `${result} by ${by}${at ? `, ${shortDateTime(at)}` : ''}` }),
    justification !== '' && h('em', { text: `“${justification}”` }),
  );
}

/** @param {string} state */
function tone(state) {
  if (state === 'Provisioned') return 'good';
  if (state === 'Ended') return 'over';
  return /^(Denied|Canceled|TimedOut)$/.test(state) ? 'bad' : '';
}
