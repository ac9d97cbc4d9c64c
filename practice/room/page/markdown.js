// @ts-check

/** @typedef {{ render(text: string): string, enable(rules: string[]): unknown }} Renderer */

/** @returns {Renderer} */
function createRenderer() {
  // Cards in Teams know bold, italic, lists and links; no HTML, no pictures, no addresses that become links by themselves.
  const known = ['emphasis', 'link', 'list', 'newline', 'escape', 'entity'];
  const renderer = /** @type {any} */ (globalThis).markdownit('zero', {
    html: false,
    linkify: false,
    breaks: true,
  });
  renderer.enable(known);
  return renderer;
}

/** @type {Renderer | undefined} */
let renderer;

/**
 * Safe HTML of a text from a card or from the bot.
 * @param {string} text
 */
export function markdown(text) {
  renderer ??= createRenderer();
  return renderer.render(text);
}
