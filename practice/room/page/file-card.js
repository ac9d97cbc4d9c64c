// @ts-check
import { h } from './dom.js';
import { icon } from './icons.js';

/**
 * @typedef {{ consent: (answer: 'accept' | 'decline', button: HTMLElement) => void }} FileHandlers
 */

/**
 * What Teams draws by itself for a file: the question whether it may be saved, and the file once it is.
 * @param {import('./api.js').FileCard} file
 * @param {FileHandlers} handlers
 * @returns {HTMLElement}
 */
export function drawFile(file, handlers) {
  if (file.kind === 'consent') return drawQuestion(file, handlers);
  const link = h('a', { href: webAddress(file.url), target: '_blank', rel: 'noopener', text: file.name });
  return h('div', { class: 'card file' }, drawHead(link, 'In your OneDrive'));
}

/**
 * @param {Extract<import('./api.js').FileCard, { kind: 'consent' }>} file
 * @param {FileHandlers} handlers
 */
function drawQuestion({ name, description, sizeInBytes }, { consent }) {
  const button = (/** @type {string} */ text, /** @type {'accept' | 'decline'} */ answer) =>
    h('button', {
      type: 'button',
      class: answer === 'accept' ? 'style-positive' : '',
      text,
      on: { click: ({ currentTarget }) => consent(answer, currentTarget) },
    });
  return h(
    'div',
    { class: 'card file' },
    drawHead(h('span', { text: name }), sizeOf(sizeInBytes)),
    h('p', { text: description }),
    h('p', { class: 'small', text: 'Latchkey needs permission to upload this file to your OneDrive.' }),
    h('div', { class: 'answers' }, button('Allow', 'accept'), button('Decline', 'decline')),
  );
}

/**
 * @param {HTMLElement} name
 * @param {string} about
 */
function drawHead(name, about) {
  return h(
    'div',
    { class: 'file-head' },
    icon('file'),
    h('div', {}, h('p', { class: 'file-name' }, name), h('p', { class: 'small', text: about })),
  );
}

/** @param {number} bytes */
function sizeOf(bytes) {
  return bytes < 1_024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1_024)} KB`;
}

/** The bot named it: it must lead to a page, and not into this one. @param {string} address */
function webAddress(address) {
  const url = URL.parse(address);
  return url && ['http:', 'https:'].includes(url.protocol) ? url.href : undefined;
}
