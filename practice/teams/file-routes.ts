import { z } from 'zod/v4';
import type { PracticeContext } from '../context.js';
import { driveOf, fileUrl } from '../drive/drive.js';
import { findEntry } from './chat.js';
import { type OnPerson, refusal } from './person-route.js';
import type { Teams } from './teams.js';

const consent = z.object({
  answer: z.enum(['accept', 'decline']),
  deliver: z.int().min(1).max(5).default(1),
});

/** Allowing or declining a file that a message offers, and what then is in somebody's drive. */
export function fileRoutes(ctx: PracticeContext, { chats, client }: Teams, on: OnPerson): void {
  on('POST', '/files/:message/consent', consent, async ({ person, params, body }) => {
    const entry = findEntry(chats.of(person), params.message ?? '');
    if (entry?.file?.kind !== 'consent')
      return refusal(404, `${person.displayName} is offered no file by the message "${params.message}".`);
    const all = await client.consent(person, entry, body.answer, body.deliver);
    const answers = all.map((each) =>
      each.kind === 'answered' ? { status: each.status, body: each.body } : { status: 0, body: each.kind },
    );
    return { status: 200, body: { answers } };
  });

  on('GET', '/files', z.unknown(), ({ person }) => ({
    status: 200,
    body: driveOf(ctx)
      .filesOf(person)
      .map(({ name, at, content }) => ({
        ...{ name, at, url: fileUrl(ctx, person.key, name) },
        text: Buffer.from(content, 'base64').toString('utf8'),
      })),
  }));
}
