import type { RequestSchedule, TicketInfo } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { isoDuration, isoMinutes } from '../../base/iso-duration.js';
import { type Shape, text, time } from '../fields.js';
import type { Ticket, Wish } from './activating.js';

/** A window of time, as requests and schedules of Graph and of Azure have it. */
export interface Window {
  readonly startsAt: string | undefined;
  /** Undefined: it does not end, or a length was told instead. */
  readonly endsAt: string | undefined;
  readonly minutes: number;
}

const none: Window = { startsAt: undefined, endsAt: undefined, minutes: 0 };

const expirationShape = z
  .object({ endDateTime: time, duration: text })
  .catch({ endDateTime: undefined, duration: '' });

export const windowShape = z
  .object({ startDateTime: time, expiration: expirationShape } satisfies Shape<RequestSchedule>)
  .transform(({ startDateTime: startsAt, expiration }): Window => {
    const { endDateTime: endsAt, duration } = expiration;
    return { startsAt, endsAt, minutes: isoMinutes(duration) || minutesBetween(startsAt, endsAt) };
  })
  .catch(none);

export const ticketShape = z
  .object({ ticketNumber: text, ticketSystem: text } satisfies Shape<TicketInfo>)
  .transform((ticket): Ticket => ({ system: ticket.ticketSystem, number: ticket.ticketNumber }))
  .catch({ system: '', number: '' });

function minutesBetween(from: string | undefined, to: string | undefined): number {
  if (from === undefined || to === undefined) return 0;
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  return minutes > 0 ? minutes : 0;
}

/** When a window ends that may have a length instead of an end. */
export function endOf({ startsAt, endsAt, minutes }: Window): string | undefined {
  const start = Date.parse(startsAt ?? '');
  if (endsAt !== undefined || Number.isNaN(start) || minutes === 0) return endsAt;
  return new Date(start + minutes * 60_000).toISOString();
}

/** Without a start it begins at once, by the service's own clock, and a repeated request is the same one. */
export function scheduleOf({ minutes, startsAt }: Wish, type: string) {
  const start = startsAt === undefined ? {} : { startDateTime: startsAt };
  return { ...start, expiration: { type, duration: isoDuration(minutes) } };
}

export function ticketOf({ ticket }: Wish) {
  if (ticket === undefined) return {};
  return { ticketInfo: { ticketNumber: ticket.number, ticketSystem: ticket.system } };
}
