// @ts-check
import { h } from './dom.js';
import { icon } from './icons.js';
import { suggestionsFor } from './suggestions.js';

/**
 * Where a person writes: Enter sends, Shift+Enter begins a new line.
 * @param {import('./api.js').Person} person
 * @param {(text: string) => void} send
 */
export function createCompose(person, send) {
  const box = h('textarea', {
    class: 'write',
    rows: '1',
    placeholder: 'Type a message',
    'aria-label': `Message to Latchkey as ${person.displayName}`,
    on: { input: () => grow(box), keydown: onKey },
  });
  const ideas = drawIdeas(person, say);
  const toggle = tool('idea', 'Suggestions', 'button');
  toggle.addEventListener('click', () => showIdeas(ideas.hidden));
  const field = h('div', { class: 'field' }, box, toggle, tool('send', 'Send', 'submit'));
  const element = h('form', { class: 'compose', on: { submit: onSubmit } }, ideas, field);

  /** @param {boolean} visible */
  function showIdeas(visible) {
    ideas.hidden = !visible;
    toggle.setAttribute('aria-expanded', String(visible));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    // While a composed character is still being chosen, Enter belongs to the input method.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) onSubmit(event);
  }

  /** @param {Event} event */
  function onSubmit(event) {
    event.preventDefault();
    say(box.value);
  }

  /** @param {string} given */
  function say(given) {
    const text = given.trim();
    if (text === '') return;
    box.value = '';
    grow(box);
    box.focus();
    send(text);
  }

  showIdeas(true);
  return { element, showIdeas, focus: () => box.focus() };
}

/** @param {HTMLTextAreaElement} box */
function grow(box) {
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
}

/**
 * @param {import('./api.js').Person} person
 * @param {(text: string) => void} say
 */
function drawIdeas(person, say) {
  const chips = suggestionsFor(person.key).map((text) =>
    h('button', { type: 'button', class: 'chip', text, on: { click: () => say(text) } }),
  );
  return h('div', { class: 'ideas', role: 'group', 'aria-label': 'Suggestions' }, ...chips);
}

/**
 * @param {'idea' | 'send'} name
 * @param {string} label
 * @param {'button' | 'submit'} type
 */
function tool(name, label, type) {
  return h('button', { type, class: `tool ${name}`, 'aria-label': label, title: label }, icon(name));
}
