import { modelOf } from './passkey-models.js';

/** A passkey somebody has. */
export interface Key {
  readonly aaguid: string;
  /** As Entra names it. */
  readonly model: string;
  readonly type: 'deviceBound' | 'synced' | '';
}

/** With what somebody signs in. */
export interface PersonKeys {
  readonly id: string;
  readonly name: string;
  readonly upn: string;
  readonly department: string;
  readonly guest: boolean;
  readonly admin: boolean;
  /** Has any second factor, or signs in without a password. */
  readonly mfa: boolean;
  /** Second factor they chose, as Entra names it; empty: none, or not known. */
  readonly preferred: string;
  /** As Entra names them: mobilePhone, passKeyDeviceBound … */
  readonly methods: readonly string[];
  /** Undefined: nobody has read yet what they have. */
  readonly keys: readonly Key[] | undefined;
}

/** What came of cases, as far back as it is counted. */
export interface Recoveries {
  readonly days: number;
  readonly cases: number;
  readonly passes: number;
  /** Those with which somebody came in and registered a passkey. */
  readonly used: number;
  readonly byPerson: ReadonlyMap<string, number>;
}

export interface Share {
  readonly name: string;
  readonly people: number;
  readonly withPasskey: number;
}

export interface PasskeyReport {
  readonly people: number;
  readonly guests: number;
  readonly withPasskey: number;
  readonly administrators: Share;
  readonly others: Share;
  /** Most people first; those of whom none is known, with the name '', come last. */
  readonly departments: readonly Share[];
  /** Passkeys of those that were read, most first. */
  readonly models: readonly {
    readonly name: string;
    readonly count: number;
    readonly advisory: boolean;
  }[];
  /** People with a passkey whose makes are not read yet: models, one key and advisory leave them out. */
  readonly unread: number;
  readonly oneKey: readonly PersonKeys[];
  readonly adminsWithout: readonly PersonKeys[];
  readonly advisory: readonly PersonKeys[];
  /** Text message or call is registered, or what they are asked for first. */
  readonly phone: number;
  readonly phoneFirst: number;
  readonly passwordOnly: readonly PersonKeys[];
  readonly again: readonly { readonly id: string; readonly name: string; readonly cases: number }[];
}

const passkey = /^(passkey|fido2)/i;
const deviceBoundPasskey = /^(passkeydevicebound|fido2)/i;
const textOrCall = /^(mobilephone|alternatemobilephone|officephone)/i;
const phoneFirst = /^(sms|voice)/i;

/** Guests sign in where they come from, and Entra leaves out whoever is disabled: neither is counted here. */
export function passkeyReport(all: readonly PersonKeys[], recoveries: Recoveries): PasskeyReport {
  const people = all.filter(({ guest }) => !guest);
  const admins = people.filter(({ admin }) => admin);
  return {
    people: people.length,
    guests: all.length - people.length,
    withPasskey: people.filter(hasPasskey).length,
    administrators: shareOf('Administrators', admins),
    others: shareOf(
      'Everybody else',
      people.filter(({ admin }) => !admin),
    ),
    departments: departmentsOf(people),
    models: modelsOf(people),
    unread: people.filter((each) => hasPasskey(each) && each.keys === undefined).length,
    oneKey: people.filter(({ keys }) => keys?.length === 1),
    adminsWithout: admins.filter((each) => !hasDeviceBound(each)),
    advisory: people.filter(hasAdvisory),
    phone: people.filter(usesPhone).length,
    phoneFirst: people.filter(({ preferred }) => phoneFirst.test(preferred)).length,
    passwordOnly: people.filter((each) => !each.mfa && !hasPasskey(each)),
    again: againOf(all, recoveries),
  };
}

/** What was read of the keys themselves is newer than the report of Entra. */
export function hasPasskey({ keys, methods }: PersonKeys): boolean {
  return keys === undefined ? hasPasskeyIn(methods) : keys.length > 0;
}

export function hasPasskeyIn(methods: readonly string[]): boolean {
  return methods.some((name) => passkey.test(name));
}

export function hasDeviceBound({ keys, methods }: PersonKeys): boolean {
  // Entra leaves the type out for keys from before it knew synced ones.
  if (keys !== undefined) return keys.some(({ type }) => type !== 'synced');
  return methods.some((name) => deviceBoundPasskey.test(name));
}

export function hasAdvisory({ keys }: PersonKeys): boolean {
  return keys?.some(({ aaguid }) => modelOf(aaguid)?.advisory === true) === true;
}

export function usesPhone({ methods }: PersonKeys): boolean {
  return methods.some((name) => textOrCall.test(name));
}

export function modelName({ aaguid, model }: Key): string {
  const known = modelOf(aaguid);
  if (known === undefined) return model === '' ? `Unknown (${aaguid === '' ? 'no make' : aaguid})` : model;
  return known.firmware === '' ? known.name : `${known.name}, firmware ${known.firmware}`;
}

function shareOf(name: string, people: readonly PersonKeys[]): Share {
  return { name, people: people.length, withPasskey: people.filter(hasPasskey).length };
}

function departmentsOf(people: readonly PersonKeys[]): readonly Share[] {
  const by = new Map<string, PersonKeys[]>();
  for (const each of people) {
    const there = by.get(each.department);
    if (there === undefined) by.set(each.department, [each]);
    else there.push(each);
  }
  return [...by]
    .map(([name, those]) => shareOf(name, those))
    .sort(
      (a, b) =>
        Number(a.name === '') - Number(b.name === '') ||
        b.people - a.people ||
        a.name.localeCompare(b.name, 'en'),
    );
}

function modelsOf(people: readonly PersonKeys[]): PasskeyReport['models'] {
  const counts = new Map<string, { count: number; advisory: boolean }>();
  for (const key of people.flatMap(({ keys = [] }) => keys)) {
    const name = modelName(key);
    const count = (counts.get(name)?.count ?? 0) + 1;
    counts.set(name, { count, advisory: modelOf(key.aaguid)?.advisory === true });
  }
  return [...counts]
    .map(([name, found]) => ({ name, ...found }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en'));
}

/** Once can happen to anybody. */
function againOf(all: readonly PersonKeys[], { byPerson }: Recoveries): PasskeyReport['again'] {
  const names = new Map(all.map(({ id, name }) => [id, name]));
  return [...byPerson]
    .filter(([, cases]) => cases > 1)
    .map(([id, cases]) => ({ id, name: names.get(id) ?? id, cases }))
    .sort((a, b) => b.cases - a.cases || a.name.localeCompare(b.name, 'en'));
}
