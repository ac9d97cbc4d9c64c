// @ts-check
import * as api from './api.js';
import { createChatLog } from './chat-log.js';
import { announce, h } from './dom.js';
import { icon } from './icons.js';

/** How a channel is told apart from a person of the same key. @param {string} key */
export const placeOfChannel = (key) => `channel-${key}`;

/** @param {api.Channel} channel */
export const nameOfChannel = ({ name }) => `${name} channel`;

/**
 * What Latchkey posts into a channel of a team, to be read only.
 * @param {api.Channel} channel
 * @param {() => Date} now
 * @returns {import('./chat-pane.js').ChatPane}
 */
export function createChannelPane(channel, now) {
  const name = nameOfChannel(channel);
  const refuse = async (/** @type {api.Entry} */ { id }) =>
    log.fail(id, 'Nobody in particular is looking at a channel here, so nothing was sent.');
  const log = createChatLog({ press: refuse, submit: refuse, signIn: refuse }, now, `Posts in the ${name}`);
  const scroll = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Messages' },
    log.element,
  );
  const head = h(
    'header',
    { class: 'pane-head' },
    channelSign(),
    h('div', {}, h('h2', { text: name }), h('p', { text: 'What Latchkey tells the team · to read only' })),
  );
  const element = h('section', { class: 'pane posts', 'aria-label': name }, head, scroll);
  let loaded = false;
  let loading = Promise.resolve();

  /** @param {api.Entry[]} entries */
  function show(entries) {
    const fresh = log.show(entries);
    if (loaded && fresh.length > 0) announce(`New message from Latchkey in the ${name}`);
    if (fresh.length > 0) scroll.scrollTop = scroll.scrollHeight;
    loaded = true;
  }

  return {
    element,
    // One load after the other, so that an older answer never shows last.
    load: () => {
      loading = loading.then(async () => show(await api.channelTimeline(channel.key))).catch(() => undefined);
      return loading;
    },
    begin: () => {
      loaded = false;
    },
    focus: () => scroll.focus(),
  };
}

export function channelSign() {
  return h('span', { class: 'avatar channel', 'aria-hidden': 'true' }, icon('shield'));
}
