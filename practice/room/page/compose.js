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
    on: { input: grow, keydown: onKey },
  });
  const ideas = h('div', { class: 'ideas', role: 'group', 'aria-label': 'Suggestions' });
  for (const text of suggestionsFor(person.key)) {
    ideas.append(h('button', { type: 'button', class: 'chip', text, on: { click: () => say(text) } }));
  }
  const toggle = h(
    'button',
    {
      type: 'button',
      class: 'tool',
      'aria-label': 'Suggestions',
      'aria-expanded': 'true',
      title: 'Suggestions',
    },
    icon('idea'),
  );
  toggle.addEventListener('click', () => showIdeas(ideas.hidden));
  const submit = h(
    'button',
    { type: 'submit', class: 'tool send', 'aria-label': 'Send', title: 'Send' },
    icon('send'),
  );
  const form = h(
    'form',
    { class: 'compose', on: { submit: onSubmit } },
    ideas,
    h('div', { class: 'field' }, box, toggle, submit),
  );

  /** @param {boolean} visible */
  function showIdeas(visible) {
    ideas.hidden = !visible;
    toggle.setAttribute('aria-expanded', String(visible));
  }

  function grow() {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    // While a composed character is still being chosen, Enter belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say(box.value);
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
    grow();
    box.focus();
    send(text);
  }

  return { element: form, showIdeas, focus: () => box.focus() };
}
