// @ts-check
import { h } from './dom.js';
import { hostConfig } from './host-config.js';
import { markdown } from './markdown.js';

/**
 * @typedef {{ execute: (verb: string, data: object, button: HTMLElement | undefined) => void,
 *   submit: (data: object, button: HTMLElement | undefined) => void }} CardHandlers
 */

// The official renderer is a classic script; it and everything it makes has no types here.
const library = /** @type {any} */ (globalThis).AdaptiveCards;

library.AdaptiveCard.onProcessMarkdown = (/** @type {string} */ text, /** @type {any} */ result) => {
  result.outputHtml = markdown(text);
  result.didProcess = true;
};

/**
 * Draws a card with the official renderer.
 * @param {object} content
 * @param {CardHandlers} handlers
 * @returns {HTMLElement}
 */
export function drawCard(content, handlers) {
  const card = new library.AdaptiveCard();
  card.hostConfig = new library.HostConfig(hostConfig);
  card.onExecuteAction = (/** @type {any} */ action) => execute(action, handlers);
  card.onAnchorClicked = (/** @type {any} */ _element, /** @type {HTMLAnchorElement} */ anchor) => {
    openOutside(anchor.href);
    return true;
  };
  try {
    card.parse(content);
    const drawn = card.render();
    if (!drawn) throw new Error('The renderer gave nothing back.');
    return h('div', { class: 'card' }, drawn);
  } catch (error) {
    console.warn('A card could not be drawn.', error);
    return h('div', { class: 'card broken', text: 'This card cannot be shown.' });
  }
}

/**
 * @param {any} action
 * @param {CardHandlers} handlers
 */
function execute(action, handlers) {
  const button = action.renderedElement ?? undefined;
  const kind = action.getJsonTypeName();
  if (kind === 'Action.Execute') handlers.execute(action.verb ?? '', asData(action.data), button);
  if (kind === 'Action.Submit') handlers.submit(asData(action.data), button);
  if (kind === 'Action.OpenUrl') openOutside(action.url);
}

/**
 * @param {unknown} data
 * @returns {object}
 */
function asData(data) {
  return typeof data === 'object' && data !== null ? data : {};
}

/** @param {string} address */
function openOutside(address) {
  const url = URL.parse(address, location.href);
  if (url && ['http:', 'https:', 'mailto:'].includes(url.protocol))
    window.open(url.href, '_blank', 'noopener');
}
