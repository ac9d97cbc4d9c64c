// @ts-check

/**
 * @typedef {{ kind: 'clock', offsetMs: number, now: string } | { kind: 'timeline', person: string }
 *   | { kind: 'channel', channel: string } | { kind: 'request', request: import('./api.js').LoggedRequest } | { kind: 'entra' } | { kind: 'reset' }} PracticeEvent
 */

/**
 * Follows what happens in the practice tenant. The browser connects again by itself; what was missed meanwhile is
 * made good by `onReconnect`, which loads everything anew.
 * @param {(event: PracticeEvent) => void} onEvent
 * @param {(connected: boolean) => void} onConnection
 * @param {() => void} onReconnect
 */
export function follow(onEvent, onConnection, onReconnect) {
  const source = new EventSource('/practice/events');
  let before = false;
  source.addEventListener('open', () => {
    onConnection(true);
    if (before) onReconnect();
    before = true;
  });
  source.addEventListener('error', () => onConnection(false));
  source.addEventListener('message', ({ data }) => onEvent(JSON.parse(data)));
}
