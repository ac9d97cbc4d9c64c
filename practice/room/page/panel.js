// @ts-check
import * as api from './api.js';
import { h } from './dom.js';
import { createGraphCalls } from './graph-calls.js';
import { createPassSignIn } from './pass-sign-in.js';
import { drawRecorded } from './recorded.js';

/**
 * What happens behind the cards: the state Entra holds, and each call to Graph as it is made.
 * @param {HTMLElement} aside
 * @param {readonly api.Person[]} people
 */
export function createPanel(aside, people) {
  const calls = createGraphCalls(people);
  const passSignIn = createPassSignIn(people);
  let record = h('section', {});
  let waiting = false;
  aside.append(record, passSignIn.element, calls.element);

  async function loadRecord() {
    const entra = await api.recorded();
    const drawn = drawRecorded(entra);
    passSignIn.offer(entra.recovery.choices);
    record.replaceWith(drawn);
    record = drawn;
  }

  return {
    /** @param {api.LoggedRequest} request */
    called: (request) => {
      calls.add(request);
      // A write may have changed what is recorded; a burst of them is looked at once.
      if (request.method !== 'GET') changed();
    },
    changed,
    load: async () => {
      await Promise.all([loadRecord(), api.graphCalls().then(calls.replace)]);
    },
  };

  function changed() {
    if (waiting) return;
    waiting = true;
    setTimeout(async () => {
      waiting = false;
      await loadRecord().catch(() => undefined);
    }, 150);
  }
}
