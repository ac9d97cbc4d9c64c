// @ts-check
import { h } from './dom.js';
import { icon } from './icons.js';

/**
 * The line under a card that asks for a sign-in. The page opens in a window of its own; when it is done it may say so
 * ({ kind: 'signed-in', state }), otherwise the person says it.
 * @param {import('./api.js').Prompt} prompt
 * @param {import('./api.js').Person} person
 * @param {(state?: string) => Promise<void>} finish
 */
export function signInPrompt({ text, title, url }, person, finish) {
  const box = h('div', { class: 'prompt', role: 'group', 'aria-label': 'Sign in' });

  function ask() {
    const button = h('button', {
      type: 'button',
      class: 'button primary',
      text: title,
      on: { click: begin },
    });
    box.replaceChildren(icon('shield'), h('p', { text }), button);
  }

  function begin() {
    const popup = openAs(person, url);
    if (!popup) return done();
    const listen = (/** @type {MessageEvent} */ event) => {
      if (event.source !== popup || event.data?.kind !== 'signed-in') return;
      removeEventListener('message', listen);
      popup.close();
      done(typeof event.data.state === 'string' ? event.data.state : undefined);
    };
    addEventListener('message', listen);
    const go = () => {
      removeEventListener('message', listen);
      popup.close();
      done();
    };
    const back = () => {
      removeEventListener('message', listen);
      popup.close();
      ask();
    };
    const goOn = h('button', {
      type: 'button',
      class: 'button primary',
      text: 'Continue',
      on: { click: go },
    });
    const cancel = h('button', { type: 'button', class: 'button', text: 'Cancel', on: { click: back } });
    box.replaceChildren(
      icon('shield'),
      h('p', { text: 'Finish in the other window, then continue here.' }),
      goOn,
      cancel,
    );
    goOn.focus();
    return undefined;
  }

  /** @param {string} [state] */
  async function done(state) {
    box.replaceChildren(
      h('span', { class: 'spinner', 'aria-hidden': 'true' }),
      h('p', { text: 'Signing in…' }),
    );
    try {
      await finish(state);
    } catch {
      ask();
    }
  }

  ask();
  return box;
}

/**
 * The practice sign-in page takes the person from a cookie, as a browser is already signed in as somebody.
 * @param {import('./api.js').Person} person
 * @param {string} address
 */
function openAs(person, address) {
  const url = URL.parse(address, location.href);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not there in every browser.
  document.cookie = `person=${person.key}; path=/; max-age=600; samesite=lax`;
  return window.open(url.href, 'latchkey-sign-in', 'popup,width=520,height=680');
}
