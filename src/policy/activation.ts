import { minute } from '../base/clock.js';
import type { Pim, Tier } from './policy.js';
import { ticketAtMost } from './ticket-pattern.js';

export interface LongestWindow {
  readonly minutes: number;
  /** Our policy allows less than Entra would. */
  readonly shorter: boolean;
}

/** The lesser of what the tier and what Entra allow. Entra telling nothing (0) leaves the tier's. */
export function longestWindow({ activation }: Pick<Tier, 'activation'>, entraMinutes: number): LongestWindow {
  const ours = Math.floor(activation.longest / minute);
  if (!(entraMinutes > 0)) return { minutes: ours, shorter: false };
  return { minutes: Math.min(ours, Math.floor(entraMinutes)), shorter: ours < entraMinutes };
}

const usual = [30, 60, 120, 240, 480, 720, 1440] as const;

/** The usual windows that are shorter, then the longest one itself; never none. */
export function windowChoices(longest: number): readonly number[] {
  return [...usual.filter((minutes) => minutes < longest), Math.max(1, longest)];
}

export interface WrittenTicket {
  readonly system: string;
  readonly number: string;
}

/** A ticket as it is sent: without blanks around it, and none without a number, because Teams cannot unmake a choice. */
export function ticketOf({ system, number }: WrittenTicket): WrittenTicket | undefined {
  const ticket = { system: system.trim(), number: number.trim() };
  return ticket.number === '' ? undefined : ticket;
}

/**
 * What a ticket lacks, as a sentence for the person who wrote it; undefined when it will do. System and number are one
 * line of at most 100 characters each. Whether the ticket exists is not ours to know.
 */
export function ticketProblem(
  { systems, pattern, example }: Pim['tickets'],
  required: boolean,
  written: WrittenTicket,
): string | undefined {
  const like = example === '' ? '' : ` One looks like ${example}.`;
  const ticket = ticketOf(written);
  if (ticket === undefined) return required ? `Please write the number of your ticket.${like}` : undefined;
  const { system, number } = ticket;
  if (!isShortLine(number))
    return `Please write the ticket number in one line of at most ${ticketAtMost} characters.`;
  if (!isShortLine(system))
    return `Please write the name of the ticket system in one line of at most ${ticketAtMost} characters.`;
  if (systems.length > 0 && !systems.includes(system))
    return `Please choose where the ticket is: ${systems.join(', ')}.`;
  if (system === '') return 'Please write which system the ticket is in.';
  if (pattern !== undefined && !pattern.test(number))
    return `“${number}” does not look like a ticket number.${like}`;
  return undefined;
}

function isShortLine(text: string): boolean {
  return text.length <= ticketAtMost && !/[\p{Cc}\u2028\u2029]/u.test(text);
}
