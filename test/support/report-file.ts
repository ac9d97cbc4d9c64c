import { cardText } from './card-text.js';
import { missing } from './missing.js';
import { cardOf } from './on-card.js';
import type { RecoveryStage } from './recovery-stage.js';

/** What a message shows of a file. */
export interface FileShown {
  readonly kind: 'consent' | 'info';
  readonly name: string;
  readonly description: string;
  readonly sizeInBytes: number;
  readonly url: string;
}

export interface Offered {
  readonly id: string;
  readonly file: FileShown;
}

interface Saved {
  readonly name: string;
  readonly url: string;
  readonly text: string;
}

/** What people do with the file of the passkey report, and what there is of it afterwards. */
export function fileDesk(stage: RecoveryStage) {
  const withFiles = async (person: string): Promise<readonly Offered[]> =>
    (await stage.get<readonly (Partial<Offered> & { id: string })[]>(`/people/${person}/timeline`)).flatMap(
      ({ id, file }) => (file === undefined ? [] : [{ id, file }]),
    );
  const offers = async (person: string): Promise<readonly Offered[]> =>
    (await withFiles(person)).filter(({ file }) => file.kind === 'consent');
  const offer = async (person: string): Promise<Offered> =>
    (await offers(person)).at(-1) ?? missing(`a file that is offered to ${person}`);
  const answer = async (person: string, id: string, said: string, deliver = 1): Promise<readonly number[]> =>
    (
      await stage.post<{ answers: readonly { status: number }[] }>(`/people/${person}/files/${id}/consent`, {
        answer: said,
        deliver,
      })
    ).answers.map(({ status }) => status);

  return {
    offers,
    offer,
    /** The report has been read to its end. */
    async reportRead(): Promise<void> {
      for (let round = 0; round < 8; round += 1) {
        const { card } = await stage.hear('security', 'passkey report');
        if (!/I am still reading/.test(cardText(card))) return;
        await stage.advance('PT40S');
      }
      missing('the report');
    },
    /** Asks for the file; the message that then offers it. */
    async ask(person: string): Promise<Offered> {
      const { id } = await stage.hear(person, 'passkey report');
      cardOf(await stage.press(person, id, 'recovery.report-file'));
      return offer(person);
    },
    allow: (person: string, id: string, deliver = 1) => answer(person, id, 'accept', deliver),
    decline: (person: string, id: string) => answer(person, id, 'decline'),
    files: (person: string) => stage.get<readonly Saved[]>(`/people/${person}/files`),
    shown: async (person: string): Promise<readonly FileShown[]> =>
      (await withFiles(person)).map(({ file }) => file).filter(({ kind }) => kind === 'info'),
    /** The lines about files that were made. */
    recorded: () =>
      stage
        .store()
        .db.selectFrom('audit')
        .select(['actor', 'data'])
        .where('kind', '=', 'file.made')
        .orderBy('seq')
        .execute(),
    /** The text of each table that may hold something of it. */
    async everythingKept(): Promise<string> {
      const { db } = stage.store();
      const tables = ['audit', 'cards', 'claims', 'jobs', 'marks'] as const;
      const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
      return JSON.stringify(rows);
    },
  };
}

export type FileDesk = ReturnType<typeof fileDesk>;
