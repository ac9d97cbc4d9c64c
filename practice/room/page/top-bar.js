// @ts-check
import { h, setAttribute } from './dom.js';
import { icon } from './icons.js';
import { aheadBy, shortDateTime } from './times.js';

/**
 * @typedef {{ view: () => void, theme: () => void, panel: () => void, advance: (duration: string) => void,
 *   reset: () => void }} BarActions
 * @typedef {{ show: (state: { view: 1 | 4, theme: 'light' | 'dark', panel: boolean }) => void,
 *   time: (now: Date, offsetMs: number) => void, connected: (yes: boolean) => void }} TopBar
 */

/**
 * @param {HTMLElement} bar
 * @param {BarActions} actions
 * @returns {TopBar}
 */
export function createTopBar(bar, actions) {
  const time = h('time', {});
  const ahead = h('span', { class: 'ahead' });
  const offline = h('span', { class: 'offline', role: 'status', text: 'Connecting…', hidden: true });
  const view = tool('four', 'Show four people side by side', actions.view);
  const theme = tool('moon', 'Dark theme', actions.theme);
  const panel = tool('panel', 'What happens behind the cards', actions.panel);
  const ask = confirmReset(actions.reset);

  bar.append(
    h('img', { class: 'logo', src: '/latchkey.svg', alt: '' }),
    h(
      'h1',
      {},
      h('span', { text: 'Latchkey' }),
      h('span', { class: 'sub', text: 'practice room of Contoso' }),
    ),
    offline,
    drawClock(h('span', { class: 'now' }, time, ahead), actions, () => ask.showModal()),
    h('div', { class: 'tools' }, view, theme, panel),
    ask,
  );

  return {
    show: (state) => {
      setAttribute(view, 'aria-pressed', String(state.view === 4));
      setAttribute(panel, 'aria-pressed', String(state.panel));
      setAttribute(theme, 'aria-pressed', String(state.theme === 'dark'));
      theme.replaceChildren(icon(state.theme === 'dark' ? 'sun' : 'moon'));
    },
    time: (now, offsetMs) => {
      time.textContent = shortDateTime(now);
      time.setAttribute('datetime', now.toISOString());
      ahead.textContent = aheadBy(offsetMs);
    },
    connected: (yes) => {
      offline.hidden = yes;
    },
  };
}

/**
 * @param {HTMLElement} now
 * @param {BarActions} actions
 * @param {() => void} askReset
 */
function drawClock(now, actions, askReset) {
  const small = (/** @type {string} */ text, /** @type {() => void} */ press) =>
    h('button', { type: 'button', class: 'button small', text, on: { click: press } });
  return h(
    'div',
    { class: 'clock', role: 'group', 'aria-label': 'Practice clock' },
    icon('clock'),
    now,
    small('+1 hour', () => actions.advance('PT1H')),
    small('+1 day', () => actions.advance('P1D')),
    small('Reset', askReset),
  );
}

/**
 * @param {Parameters<typeof icon>[0]} name
 * @param {string} label
 * @param {() => void} press
 */
function tool(name, label, press) {
  return h(
    'button',
    { type: 'button', class: 'tool', 'aria-label': label, title: label, on: { click: press } },
    icon(name),
  );
}

/** @param {() => void} reset */
function confirmReset(reset) {
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'reset-title' });
  const yes = () => {
    dialog.close();
    reset();
  };
  dialog.append(
    h('h2', { id: 'reset-title', text: 'Start a new practice world?' }),
    h('p', { text: 'Every chat, request and assignment is removed and the clock goes back to now.' }),
    h(
      'div',
      { class: 'answers' },
      h('button', {
        type: 'button',
        class: 'button',
        text: 'Keep this one',
        on: { click: () => dialog.close() },
      }),
      h('button', { type: 'button', class: 'button primary', text: 'Start anew', on: { click: yes } }),
    ),
  );
  return dialog;
}
