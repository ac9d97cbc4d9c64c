// @ts-check
import * as api from './api.js';
import { avatar } from './avatar.js';
import { createChatLog } from './chat-log.js';
import { createCompose } from './compose.js';
import { announce, h, tell } from './dom.js';

/**
 * @typedef {{ element: HTMLElement, load: () => Promise<void>, begin: () => void, focus: () => void }} ChatPane
 */

/**
 * The chat of one person with Latchkey.
 * @param {api.Person} person
 * @param {number} index
 * @param {() => Date} now
 * @returns {ChatPane}
 */
export function createChatPane(person, index, now) {
  const log = createChatLog(
    createActions(person, load, (id, sentence) => log.fail(id, sentence)),
    now,
    `Chat of ${person.displayName} with Latchkey`,
  );
  const scroll = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Messages' },
    log.element,
  );
  const typing = drawTyping();
  const compose = createCompose(person, send);
  const parts = [drawHead(person, index), scroll, typing, compose.element];
  const element = h('section', { class: 'pane', 'aria-label': person.displayName }, ...parts);
  let loaded = false;
  let loading = Promise.resolve();

  /** @param {string} text */
  async function send(text) {
    compose.showIdeas(false);
    typing.hidden = false;
    await api.say(person.key, text).catch((error) => tell(error.message));
    typing.hidden = true;
    await load();
  }

  // One load after the other: two answers that overtake each other must not show the older chat last.
  function load() {
    loading = loading.then(async () => show(await api.timeline(person.key))).catch(() => undefined);
    return loading;
  }

  /** @param {api.Entry[]} entries */
  function show(entries) {
    const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    const fresh = log.show(entries);
    const heard = fresh.some(({ from }) => from === 'bot');
    const said = fresh.some(({ from }) => from !== 'bot');
    if (loaded && heard) announce(`New message from Latchkey to ${person.displayName}`);
    if (!loaded) compose.showIdeas(!entries.some(({ from }) => from !== 'bot'));
    if (atEnd || said || !loaded) scroll.scrollTop = scroll.scrollHeight;
    loaded = true;
  }

  /** The world began anew: the next load is like the first. */
  function begin() {
    loaded = false;
  }

  return { element, load, begin, focus: compose.focus };
}

/**
 * @param {api.Person} person
 * @param {() => Promise<void>} load
 * @param {(id: string, sentence: string) => void} fail
 * @returns {import('./message.js').MessageActions}
 */
function createActions(person, load, fail) {
  /**
   * @param {api.Entry} entry
   * @param {() => Promise<unknown>} work
   */
  async function attempt(entry, work) {
    try {
      await work();
      await load();
    } catch (error) {
      fail(entry.id, error instanceof Error ? error.message : String(error));
    }
  }

  return {
    person,
    press: (entry, verb, data) => attempt(entry, () => api.press(person.key, entry.id, verb, data)),
    submit: (entry, data) => attempt(entry, () => api.submit(person.key, entry.id, data)),
    consent: (entry, answer) => attempt(entry, () => api.consent(person.key, entry.id, answer)),
    signIn: (entry, state) => attempt(entry, () => api.finishSignIn(person.key, entry.id, state)),
  };
}

/**
 * @param {api.Person} person
 * @param {number} index
 */
function drawHead(person, index) {
  const name = h('h2', { text: person.displayName });
  const role = h('p', { text: `${person.jobTitle} · with Latchkey` });
  return h('header', { class: 'pane-head' }, avatar(person, index), h('div', {}, name, role));
}

function drawTyping() {
  const dots = h('span', { class: 'dots' }, h('i'), h('i'), h('i'));
  return h('p', { class: 'typing', hidden: true }, dots, 'Latchkey is typing');
}
