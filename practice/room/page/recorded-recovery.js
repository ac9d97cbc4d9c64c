// @ts-check
import { h } from './dom.js';
import { shortDateTime } from './times.js';

/** @type {Readonly<Record<string, string>>} */
const states = {
  EnabledByPolicy: 'Can be used',
  NotYetValid: 'Not valid yet',
  Expired: 'Expired',
  OneTimeUsed: 'Used',
  DisabledByPolicy: 'Not allowed',
};

/**
 * Passes there are, and what people have registered in this world. Codes are not known here.
 * @param {import('./api.js').RecordedRecovery} recovery
 */
export function drawRecovery({ passes, registered }) {
  if (passes.length === 0 && registered.length === 0) return [];
  return [
    h('h3', { text: 'Passes and sign-in methods' }),
    ...passes.map(drawPass),
    h('ul', { class: 'access' }, ...registered.map(drawMethod)),
  ];
}

/** @param {import('./api.js').RecordedPass} pass */
function drawPass({ person, state, minutes, once, until, used }) {
  const times = once ? 'for one sign-in' : 'for several sign-ins';
  return h(
    'div',
    { class: 'record', role: 'group', 'aria-label': `Pass of ${person}` },
    h(
      'p',
      { class: 'record-head' },
      h('strong', { text: `Temporary Access Pass of ${person}` }),
      h('span', { class: `state ${tone(state)}`, text: states[state] ?? state }),
    ),
    h('p', { class: 'record-by', text: `${minutes} min, ${times}, until ${shortDateTime(until)}` }),
    used !== null && h('p', { class: 'record-by', text: `Used ${shortDateTime(used)}` }),
  );
}

/** @param {import('./api.js').RecordedMethod} method */
function drawMethod({ person, method, at }) {
  return h('li', {}, h('strong', { text: person }), ` ${method}, ${shortDateTime(at)}`);
}

/** @param {string} state */
function tone(state) {
  if (state === 'EnabledByPolicy') return 'good';
  return state === 'Expired' || state === 'OneTimeUsed' ? 'over' : '';
}
