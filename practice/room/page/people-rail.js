// @ts-check
import { avatar } from './avatar.js';
import { channelSign, nameOfChannel, placeOfChannel } from './channel-pane.js';
import { h, setAttribute } from './dom.js';

/** @typedef {{ select: (keys: readonly string[]) => void, unread: (key: string, count: number) => void }} PeopleRail */

/** @typedef {{ key: string, name: string, about: string, sign: Element }} Row */

/**
 * Everybody of the practice tenant, and the channels; a press shows the chat or the channel.
 * @param {HTMLElement} nav
 * @param {{ people: readonly import('./api.js').Person[], channels: readonly import('./api.js').Channel[] }} shown
 * @param {(key: string) => void} choose
 * @returns {PeopleRail}
 */
export function createPeopleRail(nav, { people, channels }, choose) {
  /** @type {Map<string, { button: HTMLElement, badge: HTMLElement }>} */
  const rows = new Map();
  /** @param {Row} row */
  function add(row) {
    const { item, button, badge } = drawRow(row, () => choose(row.key));
    rows.set(row.key, { button, badge });
    return item;
  }
  const everybody = people.map((person, index) => add(rowOf(person, index)));
  const rooms = channels.map((channel) => add(rowOfChannel(channel)));
  nav.append(h('h2', { class: 'rail-title', text: 'People' }), h('ul', {}, ...everybody));
  if (rooms.length > 0) nav.append(h('h2', { class: 'rail-title', text: 'Channels' }), h('ul', {}, ...rooms));

  return {
    select: (keys) => {
      for (const [key, { button }] of rows) setAttribute(button, 'aria-pressed', String(keys.includes(key)));
    },
    unread: (key, count) => {
      const row = rows.get(key);
      if (!row) return;
      row.badge.hidden = count === 0;
      row.badge.textContent = count > 9 ? '9+' : String(count);
      row.badge.setAttribute('aria-label', `${count} new`);
    },
  };
}

/**
 * @param {Row} row
 * @param {() => void} choose
 */
function drawRow({ name, about, sign }, choose) {
  const badge = h('span', { class: 'badge', hidden: true });
  const who = h(
    'span',
    { class: 'who' },
    h('span', { class: 'name', text: name }),
    h('span', { class: 'role', text: about }),
  );
  const button = h(
    'button',
    { type: 'button', class: 'person', title: `${name}, ${about}`, on: { click: choose } },
    sign,
    who,
    badge,
  );
  button.setAttribute('aria-label', name);
  return { item: h('li', {}, button), button, badge };
}

/**
 * @param {import('./api.js').Person} person
 * @param {number} index
 * @returns {Row}
 */
function rowOf(person, index) {
  const { key, displayName } = person;
  return { key, name: displayName, about: roleOf(person), sign: avatar(person, index) };
}

/**
 * @param {import('./api.js').Channel} channel
 * @returns {Row}
 */
function rowOfChannel(channel) {
  const about = 'What a team is told';
  return { key: placeOfChannel(channel.key), name: nameOfChannel(channel), about, sign: channelSign() };
}

/** @param {import('./api.js').Person} person */
function roleOf({ jobTitle, userType, tenant }) {
  if (tenant === 'other') return `${jobTitle} · another company`;
  return userType === 'Guest' ? `${jobTitle} · guest` : jobTitle;
}
