// @ts-check
import { avatar } from './avatar.js';
import { h, setAttribute } from './dom.js';

/** @typedef {{ select: (keys: readonly string[]) => void, unread: (key: string, count: number) => void }} PeopleRail */

/**
 * Everybody of the practice tenant; a press shows their chat.
 * @param {HTMLElement} nav
 * @param {readonly import('./api.js').Person[]} people
 * @param {(key: string) => void} choose
 * @returns {PeopleRail}
 */
export function createPeopleRail(nav, people, choose) {
  const list = h('ul', {});
  /** @type {Map<string, { button: HTMLElement, badge: HTMLElement }>} */
  const rows = new Map();
  people.forEach((person, index) => {
    const badge = h('span', { class: 'badge', hidden: true });
    const button = h(
      'button',
      {
        type: 'button',
        class: 'person',
        title: `${person.displayName}, ${person.jobTitle}`,
        on: { click: () => choose(person.key) },
      },
      avatar(person, index),
      h(
        'span',
        { class: 'who' },
        h('span', { class: 'name', text: person.displayName }),
        h('span', { class: 'role', text: roleOf(person) }),
      ),
      badge,
    );
    button.setAttribute('aria-label', person.displayName);
    rows.set(person.key, { button, badge });
    list.append(h('li', {}, button));
  });
  nav.append(h('h2', { class: 'rail-title', text: 'People' }), list);

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

/** @param {import('./api.js').Person} person */
function roleOf({ jobTitle, userType, tenant }) {
  if (tenant === 'other') return `${jobTitle} · another company`;
  return userType === 'Guest' ? `${jobTitle} · guest` : jobTitle;
}
