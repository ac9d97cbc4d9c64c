// @ts-check

/**
 * Counts, for chats and channels that are not shown, what Latchkey sent since it was last looked at in this browser.
 * @param {(key: string, count: number) => void} show
 * @param {(key: string) => Promise<import('./api.js').Entry[]>} read
 */
export function createUnread(show, read) {
  const place = (/** @type {string} */ key) => `seen:${key}`;

  return {
    /** @param {string} key */
    seen: async (key) => {
      show(key, 0);
      const entries = await read(key).catch(() => []);
      localStorage.setItem(place(key), entries.at(-1)?.id ?? '');
    },
    /** @param {string} key */
    changed: async (key) => {
      const entries = await read(key).catch(() => []);
      const last = entries.findIndex(({ id }) => id === localStorage.getItem(place(key)));
      show(key, entries.slice(last + 1).filter(({ from }) => from === 'bot').length);
    },
  };
}
