import { newId } from '../world/ids.js';
import type { ServiceName } from './request-log.js';

export interface FaultMatch {
  readonly service: ServiceName;
  readonly method?: string | undefined;
  /** Text contained in path and query; with a leading `^` a regular expression. */
  readonly path?: string | undefined;
}

export interface FaultEffect {
  readonly status?: number | undefined;
  readonly body?: unknown;
  /** Seconds, sent as Retry-After. */
  readonly retryAfter?: number | undefined;
  readonly delayMs?: number | undefined;
  readonly drop?: boolean | undefined;
  /** The service really acts, and only its answer is replaced or delayed. */
  readonly afterEffect?: boolean | undefined;
}

export interface Fault {
  readonly id: string;
  readonly match: FaultMatch;
  readonly do: FaultEffect;
  /** How often it still strikes. */
  readonly times: number;
}

export interface Faults {
  add(fault: Omit<Fault, 'id'>): string;
  list(): readonly Fault[];
  clear(): void;
  /** The first fault that fits, used up once. */
  strike(service: ServiceName, method: string, target: string): FaultEffect | undefined;
}

export function createFaults(): Faults {
  let faults: readonly Fault[] = [];
  return {
    add: (fault) => {
      const id = newId();
      faults = [...faults, { ...fault, id }];
      return id;
    },
    list: () => faults,
    clear: () => {
      faults = [];
    },
    strike: (service, method, target) => {
      const fault = faults.find(({ match }) => fits(match, service, method, target));
      if (!fault) return undefined;
      // Used up before it acts: of two calls at the same time only one is hit by a fault that strikes once.
      faults = faults
        .map((other) => (other === fault ? { ...other, times: other.times - 1 } : other))
        .filter((other) => other.times > 0);
      return fault.do;
    },
  };
}

function fits(match: FaultMatch, service: ServiceName, method: string, target: string): boolean {
  if (match.service !== service) return false;
  if (match.method && match.method.toUpperCase() !== method) return false;
  if (!match.path) return true;
  return match.path.startsWith('^') ? new RegExp(match.path).test(target) : target.includes(match.path);
}
