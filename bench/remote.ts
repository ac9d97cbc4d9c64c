import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod/v4';

const entries = z.array(
  z.object({
    id: z.string(),
    at: z.iso.datetime(),
    updatedAt: z.iso.datetime().optional(),
    card: z.unknown().optional(),
  }),
);
const requests = z.array(z.object({ id: z.string(), method: z.string(), path: z.string() }));
const answer = z.object({ statusCode: z.number() });

export type Entry = z.infer<typeof entries>[number];
export type Remote = ReturnType<typeof remote>;

/** The practice tenant's remote control: people act from outside, as they would in Teams. */
export function remote(practiceUrl: string) {
  const call = async (path: string, body?: object): Promise<unknown> => {
    const url = `${practiceUrl}/practice/${path}`;
    const headers = { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
    const got = await fetch(url, sent);
    if (!got.ok) throw new Error(`${path}: ${got.status} ${await got.text()}`);
    return got.json();
  };
  return {
    say: (person: string, text: string) => call(`people/${person}/messages`, { text }),
    requests: async (since?: string) =>
      requests.parse(await call(`requests?service=graph${since === undefined ? '' : `&since=${since}`}`)),
    async press(person: string, card: string, verb: string, data: object = {}): Promise<void> {
      const { statusCode } = answer.parse(
        await call(`people/${person}/cards/${card}/actions`, { verb, data }),
      );
      if (statusCode !== 200) throw new Error(`${verb} by ${person} was answered ${statusCode}`);
    },
    /** The newest message of this person's chat that shows all of these words. */
    async shows(person: string, ...words: readonly string[]): Promise<Entry> {
      for (const end = Date.now() + 15_000; Date.now() < end; await pause(40)) {
        const timeline = entries.parse(await call(`people/${person}/timeline`));
        const found = timeline.findLast(({ card }) =>
          words.every((word) => JSON.stringify(card ?? '').includes(word)),
        );
        if (found !== undefined) return found;
      }
      throw new Error(`${person} never saw: ${words.join(', ')}`);
    },
  };
}
