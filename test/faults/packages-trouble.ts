import type { LoggedRequest } from '../support/remote-control.js';

export interface Call {
  readonly service: string;
  readonly method: string;
  /** A regular expression that fits the path, whatever the ids in it. */
  readonly path: string;
}

/** Whatever is read meanwhile, it is a sentence: no code of Entra's, and no name of an error. */
export const noNonsense = /\{"error"|TypeError|undefined|\b(?:429|503)\b|InternalServerError|TooManyRequests/;

/** The calls of a log, each kind once, in the order in which they were made. */
export function callsIn(requests: readonly LoggedRequest[]): readonly Call[] {
  const calls = requests
    .filter(({ service }) => service !== 'connector')
    .map(({ service, method, path }) => ({ service, method, path: patternOf(path) }));
  const known = new Map(calls.map((call) => [JSON.stringify(call), call]));
  return [...known.values()];
}

function patternOf(path: string): string {
  const [place = ''] = path.split('?');
  const plain = place.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return `^${plain.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '[0-9a-f-]{36}')}([?]|$)`;
}
