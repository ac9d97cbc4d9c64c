import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface SnapshotPart {
  /** JSON-safe state of this part. */
  save(): unknown;
  /** Called at once when an earlier run left something; never with undefined. */
  load(saved: unknown): void;
  /** Back to the state of a new world. */
  reset(): void;
}

export interface Snapshot {
  /** Answers the function to call after every change of that part. */
  part(name: string, part: SnapshotPart): () => void;
  /** Resolves when everything changed so far is on the disk. */
  flush(): Promise<void>;
  /** After the last flush: what still runs in the background finds nothing to write to any more. */
  close(): Promise<void>;
  reset(): void;
}

/**
 * The world in one file. Each part is serialised again only when it changed, and changes that come while a
 * write is under way share the next one, so that a busy world costs one write a round and not one a request.
 */
export function createSnapshot(dataDir: string): Snapshot {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'practice.json');
  const saved = readSaved(file);
  const parts = new Map<string, SnapshotPart>();
  const texts = new Map<string, string>();
  const dirty = new Set<string>();
  let writing: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let closed = false;

  async function write(): Promise<void> {
    waiting = undefined;
    for (const name of dirty) texts.set(name, JSON.stringify(parts.get(name)?.save() ?? null));
    dirty.clear();
    const fields = [...texts].map(([name, text]) => `${JSON.stringify(name)}:${text}`);
    await writeFile(`${file}.tmp`, `{${fields.join(',\n')}}\n`);
    await rename(`${file}.tmp`, file);
  }

  return {
    part: (name, part) => {
      parts.set(name, part);
      const earlier = saved[name];
      if (earlier !== undefined && earlier !== null) part.load(earlier);
      dirty.add(name);
      return () => {
        dirty.add(name);
      };
    },
    flush: () => {
      if (closed || dirty.size === 0) return waiting ?? writing;
      waiting ??= writing.then(write);
      // A failed write must not poison the ones after it; whoever waits for this one still sees the failure.
      writing = waiting.catch(() => undefined);
      return waiting;
    },
    close: async () => {
      closed = true;
      await (waiting ?? writing);
    },
    reset: () => {
      for (const [name, part] of parts) {
        part.reset();
        dirty.add(name);
      }
    },
  };
}

function readSaved(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null)
    throw new Error(`${file} is not a practice world; delete it.`);
  return { ...parsed };
}
