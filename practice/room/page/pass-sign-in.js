// @ts-check
import * as api from './api.js';
import { announce, h } from './dom.js';

/**
 * The sign-in page for somebody to whom a pass was read out: the code, and what they register with it.
 * @param {readonly api.Person[]} people
 */
export function createPassSignIn(people) {
  const members = people
    .filter(({ tenant }) => tenant === 'home')
    .map(({ key, displayName }) => ({ value: key, text: displayName }));
  /** @type {readonly api.Choice[]} */
  let choices = [];
  const fields = drawFields(members, async (person, code, index) => {
    const choice = choices[index];
    await api.signInWithPass(person.value, code, choice?.method);
    const registered = choice ? ` Registered: ${choice.title}.` : '';
    return `${person.text} is signed in.${registered}`;
  });
  const summary = h('summary', {}, h('h2', { text: 'Sign in with a pass' }));
  return {
    element: h('section', { class: 'pass-sign-in' }, h('details', {}, summary, fields.element)),
    /** @param {readonly api.Choice[]} next */
    offer: (next) => {
      // The same ones every time: what somebody has picked must stay picked.
      if (choices.length > 0) return;
      choices = next;
      fields.offer(next.map(({ title }, index) => ({ value: String(index), text: title })));
    },
  };
}

/**
 * @typedef {{ value: string, text: string }} Option
 * @param {readonly Option[]} members
 * @param {(person: Option, code: string, choice: number) => Promise<string>} signIn answers what to say
 */
function drawFields(members, signIn) {
  const who = select('Who signs in', members);
  // Hidden like a password: this page is looked at over shoulders, and in pictures.
  const code = h('input', { type: 'password', autocomplete: 'off', required: true });
  const what = select('What they register', [{ value: '-1', text: 'Nothing' }]);
  const button = h('button', { type: 'submit', class: 'button small primary', text: 'Sign in' });
  const outcome = h('p', { class: 'sum', role: 'status' });
  const codeField = h('label', {}, 'Code', code);

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    const person = members[who.input.selectedIndex];
    if (!person) return;
    button.disabled = true;
    await signIn(person, code.value, Number(what.input.value)).then(
      (sentence) => say(sentence, true),
      (error) => say(error instanceof Error ? error.message : String(error), false),
    );
    code.value = '';
    button.disabled = false;
  }

  /**
   * @param {string} sentence
   * @param {boolean} good
   */
  function say(sentence, good) {
    outcome.textContent = sentence;
    outcome.classList.toggle('bad', !good);
    announce(sentence);
  }

  const props = { class: 'pass-form', on: { submit: send } };
  return {
    element: h('form', props, who.element, codeField, what.element, button, outcome),
    /** @param {readonly Option[]} options */
    offer: (options) => {
      what.input.prepend(...options.map(drawOption));
      what.input.selectedIndex = 0;
    },
  };
}

/**
 * @param {string} label
 * @param {readonly Option[]} options
 */
function select(label, options) {
  const input = h('select', {}, ...options.map(drawOption));
  return { input, element: h('label', {}, label, input) };
}

/** @param {Option} option */
function drawOption({ value, text }) {
  return h('option', { value, text });
}
