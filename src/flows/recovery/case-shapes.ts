import { z } from 'zod/v4';
import { flagsShape } from './checks/flags.js';

export const about = z.object({
  subjectName: z.string(),
  openerName: z.string(),
  /** What the opener wrote. */
  note: z.string(),
  /** False: they have never met the bot, so nobody could tell them in the chat. */
  subjectTold: z.boolean(),
  /** How it ended, in words for people; empty: it has not. */
  outcome: z.string(),
  /** The new passkey that was seen, by what people call it; empty: none, or it is gone again. */
  passkey: z.string().default(''),
  flags: flagsShape.optional(),
  /** When the passes were made that somebody has seen, of the last one too. */
  shown: z.array(z.number()).optional(),
});

export type CaseAbout = z.infer<typeof about>;

/** A message in a chat proves nothing: whoever holds a stolen account can write one. */
export const ways = ['in-person', 'video', 'call-back'] as const;

export const attestation = z.object({
  by: z.string(),
  byName: z.string(),
  how: z.enum(ways),
  note: z.string(),
  at: z.number(),
});

export type Attestation = z.infer<typeof attestation>;

/** What is known of a pass that was made. Its code is not: it was shown once, and is kept nowhere. */
export const passMade = z.object({
  id: z.string(),
  startsAt: z.string(),
  minutes: z.number(),
  once: z.boolean(),
  madeAt: z.number(),
  /** Somebody has seen the code, so that it can be used. */
  shown: z.boolean(),
});

export type PassMade = z.infer<typeof passMade>;
