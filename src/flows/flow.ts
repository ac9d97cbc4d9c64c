import type { z } from 'zod/v4';
import type { Card } from '../cards/card.js';
import type { Actor } from '../identity/actor.js';
import type { JobHandler, NewJob } from '../jobs/job.js';
import type { Effect } from './effect.js';
import type { HouseServices, Turn } from './turn.js';

/** What a verb answers with. */
export type Outcome =
  | {
      readonly kind: 'card';
      readonly card: Card;
      /** The card row that now lives in the message, so that it can be kept true. */
      readonly ref?: string;
      /** Told when the answer was due before this one was ready: what it says was shown to nobody, and never will be. */
      readonly unseen?: () => void;
      /** Put below the card, for its reader to take or to leave. Only a press is answered with one. */
      readonly offers?: FileOffer;
    }
  | { readonly kind: 'notice'; readonly text: string };

/** A verb and its input, still hostile: from a card's data or from what a person wrote. */
export interface Command {
  readonly verb: string;
  readonly data: unknown;
}

/** A file that its reader may have: made when they say yes, and kept nowhere. */
export interface FileOffer {
  readonly name: string;
  readonly description: string;
  /** What is read before the yes; made later, the file may be a little longer or shorter. */
  readonly size: number;
  /** What comes back with the yes, hostile by then; it names a file maker and holds nothing of the file. */
  readonly accept: Command;
}

/** Undefined: the same yes has come before, and the file is on its way. */
export type FileContent = Uint8Array | undefined;

/** Where a file goes for whoever said yes. Both throw an AppError where it cannot go there. */
export interface Drive {
  /** Judges the address, before anything is made. */
  check(): void;
  put(content: Uint8Array): Promise<void>;
}

export interface Suggestion extends Command {
  readonly title: string;
}

export interface Verb<Input = unknown, Result = Outcome> {
  readonly name: string;
  /** Delegated Graph permissions this verb needs, and no more: docs/permissions.md lists them. */
  readonly scopes: readonly string[];
  readonly input: z.ZodType<Input>;
  run(turn: Turn, input: Input): Promise<Result>;
}

/** What a yes to an offer starts. It has the name of the verb that made the offer. */
export type FileMaker = Verb<unknown, FileContent>;

/** Declares a verb; its input type is checked here and forgotten, so that all verbs fit one table. */
export function verb<Input>(declaration: Verb<Input>): Verb {
  return forgetful(declaration);
}

export function fileMaker<Input>(declaration: Verb<Input, FileContent>): FileMaker {
  return forgetful(declaration);
}

function forgetful<Input, Result>(declaration: Verb<Input, Result>): Verb<unknown, Result> {
  return {
    ...declaration,
    run: (turn, input) => declaration.run(turn, declaration.input.parse(input)),
  };
}

/** The table of contents of one flow folder. */
export interface Flow {
  readonly name: 'packages' | 'reviews' | 'pim' | 'recovery';
  readonly verbs: readonly Verb[];
  readonly files?: readonly FileMaker[];
  readonly effects: readonly Effect[];
  readonly jobs: Readonly<Record<string, (house: HouseServices) => JobHandler>>;
  /** Queued when the bot starts; a key keeps one of each. */
  readonly starts: readonly NewJob[];
  /** What the help card offers. */
  readonly suggests: readonly Suggestion[];
  /** Plain words that mean one of its verbs, or nothing. */
  hears(text: string): Command | undefined;
}

/** Where the message with the clicked card stands. */
export interface Place {
  readonly conversationId: string;
  readonly serviceUrl: string;
  /** Absent for a written message: there is no card yet. */
  readonly activityId?: string;
}

/** One authenticated click or message, as bot/ hands it over. */
export interface Request {
  readonly actor: Actor;
  readonly command: Command;
  readonly place: Place;
  /** The locale of the activity, such as de-AT; empty: it named none, or nothing that is one. */
  readonly language: string;
}

/** What bot/ needs of src/: everything else is behind it. */
export interface House {
  /** Throws AppError; bot/ turns that into the answer Teams expects. */
  run(request: Request): Promise<Outcome>;
  /** Somebody said yes to a file; its command is what came back with that. Throws like `run`. */
  handOver(request: Request, drive: Drive): Promise<'saved' | 'under-way'>;
  /** Always knows something: what it does not understand becomes the help card's command. */
  hear(text: string): Command;
  /** A card is in a message now: later changes are put there. */
  placed(ref: string, place: Place & { readonly activityId: string }): Promise<void>;
  /** Learned from an authenticated activity: where to reach this person. */
  met(
    actor: Actor,
    contact: { readonly conversationId: string; readonly serviceUrl: string; readonly botId: string },
  ): Promise<void>;
}
