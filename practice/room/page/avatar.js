// @ts-check
import { h } from './dom.js';

const tones = 8;

/**
 * @param {import('./api.js').Person} person
 * @param {number} index decides the colour
 */
export function avatar(person, index) {
  const words = person.displayName.split(' ');
  const initials = `${words[0]?.[0] ?? ''}${words.at(-1)?.[0] ?? ''}`;
  return h('span', { class: `avatar tone-${index % tones}`, 'aria-hidden': 'true', text: initials });
}

export function botAvatar() {
  return h('img', { class: 'avatar bot', src: '/latchkey.svg', alt: '' });
}
