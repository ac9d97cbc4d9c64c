// @ts-check
import * as api from './api.js';
import { h, tell } from './dom.js';
import { dateOf, shortDateTime } from './times.js';

/** @type {Readonly<Record<string, string>>} */
const decisions = { Approve: 'Keep', Deny: 'Remove', DontKnow: 'Not sure' };

/**
 * Access reviews that were begun, and the way to begin them.
 * @param {readonly api.RecordedReview[]} reviews
 */
export function drawReviews(reviews) {
  const runs = reviews.some(({ status }) => status === 'InProgress');
  return [h('h3', { text: 'Access reviews' }), ...reviews.map(drawReview), ...(runs ? [] : [startButton()])];
}

function startButton() {
  const button = h('button', {
    type: 'button',
    class: 'button small start-reviews',
    text: 'Start the access reviews',
    on: {
      // The panel draws itself anew when Entra has changed, and this button is gone then.
      click: async () => {
        button.disabled = true;
        await api.startReviews().catch((/** @type {Error} */ { message }) => {
          button.disabled = false;
          tell(message);
        });
      },
    },
  });
  return button;
}

/** @param {api.RecordedReview} review */
function drawReview({ name, status, stage, reviewers, decided, of, until, latest }) {
  const running = status === 'InProgress';
  const done = `${decided} of ${of} decided`;
  const where = stage === null ? '' : `Stage ${stage} · `;
  return h(
    'div',
    { class: 'record', role: 'group', 'aria-label': `Access review ${name}` },
    h(
      'p',
      { class: 'record-head' },
      h('strong', { text: name }),
      h('span', { class: running ? 'state' : 'state good', text: running ? 'In progress' : status }),
    ),
    h('p', { class: 'record-by', text: reviewers.join(', ') || 'nobody is asked' }),
    h('progress', { class: 'progress', value: decided, max: of, 'aria-label': done }),
    h('p', { class: 'record-by', text: `${where}${done} · ${running ? 'until' : 'ended'} ${dateOf(until)}` }),
    ...latest.map(drawDecision),
  );
}

/** @param {api.RecordedDecision} decision */
function drawDecision({ person, decision, by, at, justification }) {
  return h(
    'p',
    { class: 'stage' },
    h('span', { class: 'stage-name', text: `${person}: ${decisions[decision] ?? decision}` }),
    h('span', { text: `${by}, ${shortDateTime(at)}` }),
    justification ? h('em', { text: `“${justification}”` }) : undefined,
  );
}
