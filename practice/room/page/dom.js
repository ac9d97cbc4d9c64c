// @ts-check

/**
 * @typedef {Node | string | undefined | false} Child
 * @typedef {{ class?: string, text?: string, on?: Record<string, (event: any) => void>, [attribute: string]: unknown }} Props
 */

/**
 * Builds an element. Texts become text nodes, never HTML; attributes that are undefined or false are left out.
 * @param {string} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {any}
 */
export function h(tag, { class: names, text, on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (names) element.className = names;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {unknown} value
 */
export function setAttribute(element, name, value) {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element #${id}.`);
  return element;
}

/**
 * Says something to people who listen to the page instead of looking at it.
 * @param {string} sentence
 */
export function announce(sentence) {
  byId('announcer').textContent = sentence;
}

/**
 * A sentence at the lower edge of the page that goes away by itself.
 * @param {string} sentence
 */
export function tell(sentence) {
  const bar = byId('snackbar');
  bar.textContent = sentence;
  bar.hidden = false;
  setTimeout(() => {
    if (bar.textContent === sentence) bar.hidden = true;
  }, 8_000);
}
