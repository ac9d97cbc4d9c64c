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
    const stop = watch(popup, url, done);
    const goOn = button('Continue', 'button primary', () => {
      stop();
      done();
    });
    const cancel = button('Cancel', 'button', () => {
      stop();
      ask();
    });
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
 * Waits until the page says that it is done, or its window is closed. Answers a function that stops waiting.
 * @param {Window} popup
 * @param {string} address where the window began, and ends
 * @param {(state?: string) => unknown} done
 */
function watch(popup, address, done) {
  const home = URL.parse(address, location.href)?.origin;
  const stop = () => {
    removeEventListener('message', heard);
    clearInterval(looking);
    popup.close();
  };
  const finish = (/** @type {string | undefined} */ state) => {
    stop();
    done(state);
  };
  const heard = (/** @type {MessageEvent} */ { source, origin, data }) => {
    if (source === popup && origin === home && data?.kind === 'signed-in')
      finish(typeof data.state === 'string' ? data.state : undefined);
  };
  // No event tells one window that another was closed.
  const looking = setInterval(() => popup.closed && finish(undefined), 300);
  addEventListener('message', heard);
  return stop;
}

/**
 * @param {string} text
 * @param {string} names
 * @param {() => void} press
 */
function button(text, names, press) {
  return h('button', { type: 'button', class: names, text, on: { click: press } });
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
