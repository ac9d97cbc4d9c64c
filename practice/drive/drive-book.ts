import { randomBytes, randomUUID } from 'node:crypto';
import type { PracticeClock } from '../world/clock.js';
import type { Person } from '../world/people.js';
import type { Snapshot } from '../world/snapshot.js';

/** A file in somebody's drive. */
export interface StoredFile {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly at: string;
  /** Base64: whatever came, as it came. */
  readonly content: string;
}

/** A place that is kept for one file; whoever knows its address and key may fill it, once. */
export interface UploadSession {
  readonly id: string;
  readonly key: string;
  readonly owner: string;
  readonly name: string;
  readonly until: number;
}

export interface DriveBook {
  /** Somebody is about to allow an upload of this name. */
  open(owner: Person, wished: string): UploadSession;
  session(id: string, key: string): UploadSession | undefined;
  save(session: UploadSession, content: Buffer): StoredFile;
  filesOf(owner: Person): readonly StoredFile[];
}

const goodForMs = 15 * 60_000;

export function createDriveBook(clock: PracticeClock, snapshot: Snapshot): DriveBook {
  let files: readonly StoredFile[] = [];
  let sessions: readonly UploadSession[] = [];
  const touch = snapshot.part('drive', {
    save: () => ({ files, sessions }),
    load: (saved) => {
      // Nobody but this part writes its file.
      ({ files, sessions } = saved as { files: typeof files; sessions: typeof sessions });
    },
    reset: () => {
      files = [];
      sessions = [];
    },
  });
  const now = (): number => clock.now().getTime();
  const filesOf = ({ key }: Person): readonly StoredFile[] => files.filter(({ owner }) => owner === key);

  return {
    filesOf,
    open: (owner, wished) => {
      const taken = new Set([...filesOf(owner), ...sessions].map(({ name }) => name));
      const session = {
        id: randomUUID(),
        key: randomBytes(24).toString('base64url'),
        owner: owner.key,
        name: freeName(wished, taken),
        until: now() + goodForMs,
      };
      sessions = [...sessions.filter(({ until }) => until > now()), session];
      touch();
      return session;
    },
    session: (id, key) =>
      sessions.find((session) => session.id === id && session.key === key && session.until > now()),
    save: ({ id, owner, name }, content) => {
      const file = { id, owner, name, at: clock.now().toISOString(), content: content.toString('base64') };
      sessions = sessions.filter((session) => session.id !== id);
      files = [...files, file];
      touch();
      return file;
    },
  };
}

/** `report.csv`, then `report 1.csv`: nothing is overwritten. */
function freeName(wished: string, taken: ReadonlySet<string>): string {
  const dot = wished.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [wished.slice(0, dot), wished.slice(dot)] : [wished, ''];
  let name = wished;
  for (let count = 1; taken.has(name); count += 1) name = `${stem} ${count}${ending}`;
  return name;
}
