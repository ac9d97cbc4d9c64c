import { z } from 'zod/v4';

export type Env = Readonly<Record<string, string | undefined>>;

/** What is wrong with one setting, why it matters and what to do. Never holds the value of a secret. */
export interface ConfigProblem {
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export interface Reader {
  readonly production: boolean;
  readonly problems: ConfigProblem[];
  text(name: string, fallback: string): string;
  required(name: string, ask: Ask): string;
  optional(name: string): string | undefined;
  /** With a fallback the setting may be absent; a value that is not in the list is a problem either way. */
  oneOf<const T extends string>(name: string, allowed: readonly [T, ...T[]], ask: Ask, fallback?: T): T;
  guid(name: string, ask: Ask): string;
  url(name: string, fallback: string | undefined, ask: Ask): string;
  whole(name: string, fallback: number, most: number): number;
  complain(name: string, what: string, ask: Ask): void;
}

export interface Ask {
  readonly why: string;
  readonly fix: string;
}

const guid = z.guid();
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isLoopbackHost(host: string): boolean {
  return loopback.has(host.toLowerCase());
}

/** Collects every problem instead of stopping at the first: whoever sets up the bot wants one list, not ten restarts. */
export function createReader(env: Env): Reader {
  const problems: ConfigProblem[] = [];
  const production = env.NODE_ENV === 'production';
  const given = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  const complain = (name: string, what: string, ask: Ask): void => {
    problems.push({ name, what, ...ask });
  };
  const required = (name: string, ask: Ask): string => {
    const value = given(name);
    if (value === undefined) complain(name, 'is not set', ask);
    return value ?? '';
  };

  return {
    production,
    problems,
    complain,
    required,
    optional: given,
    text: (name, fallback) => given(name) ?? fallback,
    oneOf: (name, allowed, ask, fallback) => {
      const value = given(name) ?? fallback ?? required(name, ask);
      const found = allowed.find((each) => each === value);
      if (found === undefined && value !== '') {
        complain(name, `is none of ${allowed.join(', ')} (written exactly so)`, ask);
      }
      return found ?? allowed[0];
    },
    guid: (name, ask) => {
      const value = required(name, ask);
      if (value !== '' && !guid.safeParse(value).success) complain(name, 'is not a GUID', ask);
      return value.toLowerCase();
    },
    url: (name, fallback, ask) => {
      const value = given(name) ?? fallback ?? required(name, ask);
      const problem = value === '' ? undefined : urlProblem(value, production);
      if (problem !== undefined) complain(name, problem, ask);
      return value.replace(/\/+$/, '');
    },
    whole: (name, fallback, most) => {
      const value = given(name) ?? String(fallback);
      const ask = { why: 'It is used as a number.', fix: `Give a whole number from 0 to ${most}.` };
      if (!/^\d{1,6}$/.test(value) || Number(value) > most) complain(name, 'is not a number in range', ask);
      return Number(value);
    },
  };
}

function urlProblem(value: string, production: boolean): string | undefined {
  if (!URL.canParse(value)) return 'is not a URL';
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') return 'carries a user name or password';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return 'is not an https:// URL';
  if (production) return 'is an http:// URL, which is never accepted in production';
  return isLoopbackHost(hostname) ? undefined : 'is an http:// URL to another machine';
}
