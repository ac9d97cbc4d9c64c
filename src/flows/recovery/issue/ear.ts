import type { Pass } from '../../../graph/recovery/recovery.js';

/**
 * Hears the code of the pass that one press makes, and is the only thing that knows it: what is not told on within the
 * press is forgotten with it. Holds nothing that could be printed, kept or sent by mistake.
 */
export interface Ear {
  readonly hear: (code: string) => void;
  /** What is known of the pass without its code. */
  keep(pass: Pass): void;
  readonly pass: () => Pass | undefined;
  /** The code, once. */
  take(): string | undefined;
  /** The press has its answer: from now on whatever is heard is forgotten at once. */
  close(): void;
  readonly isClosed: () => boolean;
}

export function createEar(): Ear {
  let heard: string | undefined;
  let made: Pass | undefined;
  let closed = false;
  return {
    hear: (code) => {
      if (!closed) heard = code;
    },
    keep: (pass) => {
      made = pass;
    },
    pass: () => made,
    take: () => {
      const code = heard;
      heard = undefined;
      return code;
    },
    close: () => {
      closed = true;
      heard = undefined;
    },
    isClosed: () => closed,
  };
}

/** For whoever finds a claim of somebody else, or of a process that died: what was said is lost. */
export function closedEar(): Ear {
  const ear = createEar();
  ear.close();
  return ear;
}
