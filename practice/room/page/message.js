// @ts-check
import { botAvatar } from './avatar.js';
import { drawCard } from './card-view.js';
import { h } from './dom.js';
import { drawFile } from './file-card.js';
import { icon } from './icons.js';
import { markdown } from './markdown.js';
import { signInPrompt } from './sign-in.js';
import { timeOf } from './times.js';

/**
 * @typedef {import('./api.js').Entry} Entry
 * @typedef {{ press: (entry: Entry, verb: string, data: object) => Promise<void>,
 *   submit: (entry: Entry, data: object) => Promise<void>,
 *   consent: (entry: Entry, answer: 'accept' | 'decline') => Promise<void>,
 *   signIn: (entry: Entry, state?: string) => Promise<void>,
 *   person?: import('./api.js').Person }} MessageActions
 * @typedef {{ element: HTMLElement, update: (entry: Entry) => void, fail: (sentence: string) => void }} Message
 */

/**
 * One message of a chat. An update draws the card anew only when the card is another one, so that nobody loses what
 * they are typing into it.
 * @param {Entry} first
 * @param {MessageActions} actions
 * @returns {Message}
 */
export function createMessage(first, actions) {
  const { element, body, below, when } = drawFrame(first);
  let shown = first;
  /** @type {import('./card-view.js').CardHandlers & import('./file-card.js').FileHandlers} */
  const handlers = {
    execute: (verb, data, button) => busy(element, button, () => actions.press(shown, verb, data)),
    submit: (data, button) => busy(element, button, () => actions.submit(shown, data)),
    consent: (answer, button) => busy(element, button, () => actions.consent(shown, answer)),
  };

  /**
   * @param {Entry} entry
   * @param {Entry} [before]
   */
  function draw(entry, before) {
    when.textContent = timesOf(entry);
    if (!before || !sameContent(before, entry)) body.replaceChildren(...content(entry, handlers));
    if (!before || !sameFooter(before, entry)) below.replaceChildren(...footer(entry, actions));
    shown = entry;
  }

  draw(first);
  return {
    element,
    update: (entry) => draw(entry, shown),
    fail: (sentence) => below.replaceChildren(notice({ kind: 'error', text: sentence })),
  };
}

/** @param {Entry} entry */
function drawFrame({ from, at }) {
  const mine = from !== 'bot';
  const name = mine ? 'You' : 'Latchkey';
  const body = h('div', { class: 'said' });
  const below = h('div', { class: 'below' });
  const when = h('time', { datetime: at });
  const stack = h(
    'div',
    { class: 'stack' },
    h('p', { class: 'by' }, h('span', { class: 'name', text: name }), when),
    body,
    below,
  );
  const label = `${name}, ${timeOf(at)}`;
  const names = mine ? 'message mine' : 'message';
  const element = h(
    'article',
    { class: names, 'aria-label': label, tabindex: '-1' },
    !mine && botAvatar(),
    stack,
  );
  return { element, body, below, when };
}

/**
 * One press at a time on a message; the button pressed shows that it is under way.
 * @param {HTMLElement} element
 * @param {HTMLElement | undefined} button
 * @param {() => Promise<void>} work
 */
async function busy(element, button, work) {
  if (element.hasAttribute('aria-busy')) return;
  element.setAttribute('aria-busy', 'true');
  button?.classList.add('busy');
  try {
    await work();
  } finally {
    element.removeAttribute('aria-busy');
    button?.classList.remove('busy');
  }
}

/** @param {Entry} entry */
function timesOf({ at, updatedAt }) {
  const sent = timeOf(at);
  const changed = updatedAt && timeOf(updatedAt);
  return changed && changed !== sent ? `${sent} · updated ${changed}` : sent;
}

/**
 * @param {Entry} entry
 * @param {import('./card-view.js').CardHandlers & import('./file-card.js').FileHandlers} handlers
 */
function content(entry, handlers) {
  const parts = [];
  if (entry.text) {
    const bubble = h('div', { class: 'bubble' });
    // What a person wrote is shown as written; only the bot's own words are Markdown.
    if (entry.from === 'bot') bubble.innerHTML = markdown(entry.text);
    else bubble.textContent = entry.text;
    parts.push(bubble);
  }
  if (entry.card) parts.push(drawCard(entry.card, handlers));
  if (entry.file) parts.push(drawFile(entry.file, handlers));
  return parts;
}

/**
 * @param {Entry} entry
 * @param {MessageActions} actions
 */
function footer(entry, actions) {
  const parts = [];
  if (entry.notice) parts.push(notice(entry.notice));
  if (entry.prompt && actions.person)
    parts.push(signInPrompt(entry.prompt, actions.person, (state) => actions.signIn(entry, state)));
  return parts;
}

/** @param {import('./api.js').Notice} given */
function notice({ kind, text }) {
  const role = kind === 'error' ? 'alert' : 'status';
  return h(
    'p',
    { class: `notice ${kind}`, role },
    icon(kind === 'error' ? 'warning' : 'check'),
    h('span', { text }),
  );
}

/**
 * @param {Entry} a
 * @param {Entry} b
 */
function sameContent(a, b) {
  return a.text === b.text && JSON.stringify([a.card, a.file]) === JSON.stringify([b.card, b.file]);
}

/**
 * @param {Entry} a
 * @param {Entry} b
 */
function sameFooter(a, b) {
  return JSON.stringify([a.notice, a.prompt]) === JSON.stringify([b.notice, b.prompt]);
}
