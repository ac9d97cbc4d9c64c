import type { Events } from '../world/events.js';
import type { Snapshot } from '../world/snapshot.js';
import { addEntry, type Entry, emptyChat } from './chat.js';
import { isRecord } from './json.js';

export interface Channel {
  readonly key: string;
  /** As Teams forms it: a thread. */
  readonly id: string;
  readonly name: string;
}

/** Where emergency use of a role is told. */
export const channels: readonly Channel[] = [
  { key: 'security', id: '19:securityroom@thread.tacv2', name: 'Security' },
];

export interface ChannelState {
  readonly entries: readonly Entry[];
  /** The app is in the team of this channel. */
  readonly installed: boolean;
}

export interface ChannelBook {
  of(channel: Channel): ChannelState;
  add(channel: Channel, entry: Entry): void;
  install(channel: Channel, installed: boolean): void;
}

const untouched: ChannelState = { entries: [], installed: true };

export function createChannelBook(snapshot: Snapshot, events: Events): ChannelBook {
  const states = new Map<string, ChannelState>();
  const touch = snapshot.part('channels', {
    save: () => Object.fromEntries(states),
    load: (saved) => {
      for (const [key, state] of Object.entries(isRecord(saved) ? saved : {}))
        states.set(key, asState(state));
    },
    reset: () => states.clear(),
  });
  const of = ({ key }: Channel): ChannelState => states.get(key) ?? untouched;
  const change = (channel: Channel, next: Partial<ChannelState>): void => {
    states.set(channel.key, { ...of(channel), ...next });
    touch();
    events.publish({ kind: 'channel', channel: channel.key });
  };

  return {
    of,
    add: (channel, entry) => {
      const { entries } = addEntry({ ...emptyChat, entries: of(channel).entries }, entry);
      change(channel, { entries });
    },
    install: (channel, installed) => change(channel, { installed }),
  };
}

/** Nobody but this part writes its file, so only the frame is looked at. */
function asState(saved: unknown): ChannelState {
  if (!isRecord(saved) || !Array.isArray(saved.entries)) return untouched;
  return { ...untouched, ...(saved as Partial<ChannelState>) };
}
