// @ts-check
import { h } from './dom.js';
import { drawRecovery } from './recorded-recovery.js';
import { drawReviews } from './recorded-reviews.js';
import { drawRoles } from './recorded-roles.js';
import { dateOf, shortDateTime } from './times.js';

/** @param {import('./api.js').Entra} entra */
export function drawRecorded({ requests, assignments, reviews, roles, recovery }) {
  const active = assignments.filter(({ state }) => /^(partiallyD|d)elivered$/.test(state));
  const section = h('section', { class: 'recorded' }, h('h2', { text: 'What Entra recorded' }));
  const recovered = drawRecovery(recovery);
  if (requests.length === 0 && roles.asked.length === 0 && recovered.length === 0)
    section.append(h('p', { class: 'sum', text: 'Nothing yet. Ask for something in a chat.' }));
  for (const request of requests.toReversed()) section.append(drawRequest(request));
  if (active.length > 0)
    section.append(
      h('h3', { text: 'Access people have now' }),
      h('ul', { class: 'access' }, ...active.map(drawAccess)),
    );
  section.append(...drawRoles(roles), ...recovered, ...drawReviews(reviews));
  return section;
}

/** @param {import('./api.js').RecordedRequest} request */
function drawRequest(request) {
  const { requestor, target, state, justification, answers, approvals, createdAt } = request;
  const forWhom = requestor === target ? requestor : `${requestor} for ${target}`;
  return h(
    'div',
    { class: 'record', role: 'group', 'aria-label': `Request of ${forWhom}` },
    h(
      'p',
      { class: 'record-head' },
      h('strong', { text: request.package }),
      h('span', { class: `state ${tone(state)}`, text: words(state) }),
    ),
    h('p', { class: 'record-by', text: `${forWhom} · ${shortDateTime(createdAt)}` }),
    justification ? h('blockquote', { text: justification }) : undefined,
    answers.length > 0 ? h('p', { class: 'record-by', text: answers.join(' · ') }) : undefined,
    ...approvals.map(drawStage),
  );
}

/** @param {import('./api.js').RecordedStage} stage */
function drawStage({ stage, approvers, status, result, decidedBy, decidedAt, justification }) {
  const decided =
    decidedBy && decidedAt ? `${result} by ${decidedBy}, ${shortDateTime(decidedAt)}` : undefined;
  const waits = `${words(status)}: ${approvers.join(', ') || 'nobody'}`;
  return h(
    'p',
    { class: 'stage' },
    h('span', { class: 'stage-name', text: stage }),
    h('span', { text: decided ?? waits }),
    justification ? h('em', { text: `“${justification}”` }) : undefined,
  );
}

/** @param {import('./api.js').Assignment} assignment */
function drawAccess({ person, package: name, until }) {
  const end = until ? `until ${dateOf(until)}` : 'without an end';
  return h('li', {}, h('strong', { text: person }), ` ${name}, ${end}`);
}

/** "pendingApproval" as a person would write it. @param {string} state */
function words(state) {
  const spaced = state.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** @param {string} state */
function tone(state) {
  if (/^delivered$/i.test(state)) return 'good';
  if (/denied|failed|cancell?ed/i.test(state)) return 'bad';
  return 'waiting';
}
