// @ts-check
import * as api from './api.js';

/**
 * Counts, for people whose chat is not shown, what Latchkey sent since it was last looked at in this browser.
 * @param {(key: string, count: number) => void} show
 */
export function createUnread(show) {
  const place = (/** @type {string} */ key) => `seen:${key}`;

  return {
    /** @param {string} key */
    seen: async (key) => {
      show(key, 0);
      const entries = await api.timeline(key).catch(() => []);
      localStorage.setItem(place(key), entries.at(-1)?.id ?? '');
    },
    /** @param {string} key */
    changed: async (key) => {
      const entries = await api.timeline(key).catch(() => []);
      const last = entries.findIndex(({ id }) => id === localStorage.getItem(place(key)));
      show(key, entries.slice(last + 1).filter(({ from }) => from === 'bot').length);
    },
  };
}
