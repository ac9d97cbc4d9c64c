import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod/v4';

const moment = z.iso.datetime().transform(Date.parse);
const entry = z.object({ id: z.string(), at: moment, updatedAt: moment.optional(), card: z.unknown() });
const requests = z.array(
  z.object({
    ...{ id: z.string(), service: z.string(), method: z.string(), path: z.string() },
    ...{ status: z.number(), body: z.unknown() },
  }),
);
const answer = z.object({ statusCode: z.literal(200), value: z.unknown() });
export type Remote = ReturnType<typeof remote>;

/** The practice tenant's remote control: people act from outside, as they would in Teams. */
export function remote(practiceUrl: string) {
  const call = async (path: string, body?: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const post = { method: 'POST', headers, body: JSON.stringify(body) };
    const send = () => fetch(`${practiceUrl}/practice/${path}`, body === undefined ? {} : post);
    // A connection that was idle may be closed in the moment in which it is used again.
    const got = await (body === undefined ? send().catch(send) : send());
    if (!got.ok) throw new Error(`${path}: ${got.status} ${await got.text()}`);
    return got.json();
  };
  const calls = async (since = '0') => requests.parse(await call(`requests?since=${since}`));
  const graphCalls = async (since = '0') =>
    requests.parse(await call(`requests?service=graph&since=${since}`));
  const ask = async (person: string, card: string, verb: string, data: object) => {
    const started = performance.now();
    const { value } = answer.parse(await call(`people/${person}/cards/${card}/actions`, { verb, data }));
    return { ms: performance.now() - started, text: JSON.stringify(value) };
  };
  let newest: string | undefined;
  return {
    get: (path: string) => call(path),
    post: (path: string, body: object) => call(path, body),
    say: (person: string, text: string) => call(`people/${person}/messages`, { text }),
    /** Of every service, not Graph alone. */
    calls,
    graphCalls,
    /** To count from: asking for what came after it is cheaper than asking for all. */
    newestGraphCall: async () => {
      newest = (await graphCalls(newest)).at(-1)?.id ?? newest;
      return newest;
    },
    press: async (person: string, card: string, verb: string, data: object): Promise<number> =>
      (await ask(person, card, verb, data)).ms,
    ask,
    /** The newest message of this person's chat that shows all of these words. */
    async shows(person: string, ...words: readonly string[]): Promise<z.infer<typeof entry>> {
      for (const end = Date.now() + 15_000; Date.now() < end; await pause(40)) {
        const timeline = z.array(entry).parse(await call(`people/${person}/timeline`));
        const found = timeline.findLast(({ card }) =>
          words.every((word) => JSON.stringify(card ?? '').includes(word)),
        );
        if (found !== undefined) return found;
      }
      throw new Error(`${person} never saw: ${words.join(', ')}`);
    },
  };
}
