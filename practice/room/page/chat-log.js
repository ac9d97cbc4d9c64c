// @ts-check
import { h } from './dom.js';
import { createMessage } from './message.js';
import { dayOf } from './times.js';

/** @typedef {import('./api.js').Entry} Entry */

/**
 * The messages of one chat or channel, kept in step with the timeline without drawing anew what did not change.
 * @param {import('./message.js').MessageActions} actions
 * @param {() => Date} now
 * @param {string} label
 */
export function createChatLog(actions, now, label) {
  /** @type {Map<string, import('./message.js').Message>} */
  const messages = new Map();
  const element = h('div', { class: 'log', role: 'feed', 'aria-label': label });

  /** @param {Entry} entry */
  function add(entry) {
    const message = createMessage(entry, actions);
    const day = dayOf(entry.at, now());
    if (element.dataset.day !== day) element.append(h('p', { class: 'day', text: day }));
    element.dataset.day = day;
    messages.set(entry.id, message);
    element.append(message.element);
  }

  /** @param {readonly Entry[]} entries what is still there; the bot may have taken a message back */
  function forget(entries) {
    const there = new Set(entries.map(({ id }) => id));
    for (const [id, message] of messages) {
      if (there.has(id)) continue;
      message.element.remove();
      messages.delete(id);
    }
    if (entries.length > 0) return;
    element.replaceChildren();
    delete element.dataset.day;
  }

  /**
   * Answers the messages that were not there before.
   * @param {readonly Entry[]} entries
   */
  function show(entries) {
    const fresh = entries.filter(({ id }) => !messages.has(id));
    forget(entries);
    for (const entry of entries) {
      const known = messages.get(entry.id);
      if (known) known.update(entry);
      else add(entry);
    }
    element.classList.toggle('empty', entries.length === 0);
    return fresh;
  }

  return {
    element,
    show,
    /** @type {(id: string, sentence: string) => void} */
    fail: (id, sentence) => messages.get(id)?.fail(sentence),
  };
}
