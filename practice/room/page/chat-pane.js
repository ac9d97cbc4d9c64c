// @ts-check
import * as api from './api.js';
import { avatar } from './avatar.js';
import { createCompose } from './compose.js';
import { announce, h, tell } from './dom.js';
import { createMessage } from './message.js';
import { dayOf } from './times.js';

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
  /** @type {Map<string, import('./message.js').Message>} */
  const messages = new Map();
  const log = h('div', {
    class: 'log',
    role: 'feed',
    'aria-label': `Chat of ${person.displayName} with Latchkey`,
  });
  const scroll = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Messages' }, log);
  const typing = h(
    'p',
    { class: 'typing', hidden: true },
    h('span', { class: 'dots' }, ...dots()),
    'Latchkey is typing',
  );
  const compose = createCompose(person, send);
  const element = h(
    'section',
    { class: 'pane', 'aria-label': person.displayName },
    h(
      'header',
      { class: 'pane-head' },
      avatar(person, index),
      h(
        'div',
        {},
        h('h2', { text: person.displayName }),
        h('p', { text: `${person.jobTitle} · with Latchkey` }),
      ),
    ),
    scroll,
    typing,
    compose.element,
  );
  let loaded = false;
  let loading = Promise.resolve();

  const actions = {
    person,
    press: (/** @type {api.Entry} */ entry, /** @type {string} */ verb, /** @type {object} */ data) =>
      attempt(entry, () => api.press(person.key, entry.id, verb, data)),
    submit: (/** @type {api.Entry} */ entry, /** @type {object} */ data) =>
      attempt(entry, () => api.submit(person.key, entry.id, data)),
    signIn: (/** @type {api.Entry} */ entry, /** @type {string | undefined} */ state) =>
      attempt(entry, () => api.finishSignIn(person.key, entry.id, state)),
  };

  /**
   * @param {api.Entry} entry
   * @param {() => Promise<unknown>} work
   */
  async function attempt(entry, work) {
    try {
      await work();
      await load();
    } catch (error) {
      messages.get(entry.id)?.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {string} text */
  async function send(text) {
    compose.showIdeas(false);
    typing.hidden = false;
    try {
      await api.say(person.key, text);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    } finally {
      typing.hidden = true;
    }
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
    const fresh = entries.filter(({ id }) => !messages.has(id));
    forget(entries);
    for (const entry of entries) {
      const known = messages.get(entry.id);
      if (known) known.update(entry);
      else add(entry);
    }
    if (loaded && fresh.some(({ from }) => from === 'bot'))
      announce(`New message from Latchkey to ${person.displayName}`);
    if (!loaded) compose.showIdeas(!entries.some(({ from }) => from !== 'bot'));
    if (atEnd || !loaded || fresh.some(({ from }) => from !== 'bot')) scroll.scrollTop = scroll.scrollHeight;
    log.classList.toggle('empty', entries.length === 0);
    loaded = true;
  }

  /** The world began anew: the next load is like the first. */
  function begin() {
    loaded = false;
  }

  /** @param {api.Entry} entry */
  function add(entry) {
    const message = createMessage(entry, actions);
    const day = dayOf(entry.at, now());
    if (log.dataset.day !== day) log.append(h('p', { class: 'day', text: day }));
    log.dataset.day = day;
    messages.set(entry.id, message);
    log.append(message.element);
  }

  /** @param {api.Entry[]} entries what is still there; the bot may have taken a message back */
  function forget(entries) {
    const there = new Set(entries.map(({ id }) => id));
    for (const [id, message] of messages) {
      if (there.has(id)) continue;
      message.element.remove();
      messages.delete(id);
    }
    if (entries.length > 0) return;
    log.replaceChildren();
    delete log.dataset.day;
  }

  return { element, load, begin, focus: compose.focus };
}

function dots() {
  return [h('i'), h('i'), h('i')];
}
