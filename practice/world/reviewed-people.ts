import { type Person, people, tenantId } from './people.js';

/** How long before a review begins somebody signed in last; Entra does not always know. */
export type LastSignIn = number | 'never' | 'unknown';

interface Reviewed extends Person {
  readonly signedInDaysAgo: LastSignIn;
}

/** People of the directory who have no chat with the bot: they are there to be reviewed. */
export const reviewedPeople: readonly Person[] = [
  reviewed('dormant', 1, 'Matteo Lindqvist-Osei', 'Research Analyst', { managerKey: 'manager' }, 140),
  reviewed('leaver', 2, 'Soraya Wetherby', 'Data Steward', { managerKey: 'manager', enabled: false }, 48),
  reviewed('newcomer', 3, 'Kofi Almqvist', 'Prompt Designer', { managerKey: 'manager' }, 'unknown'),
  reviewed('contractor', 4, 'Delphine Arrowsmith', 'Contractor', { sponsorKey: 'appowner', guest: true }, 96),
  reviewed('librarian', 5, 'Hana Petrossian', 'Research Librarian', { managerKey: 'appowner' }, 2),
  reviewed('operator', 6, 'Emeka Straand', 'Platform Operator', { managerKey: 'security' }, 12),
];

/** How many people the research archive can have, and has at first. */
export const archiveSizes = { most: 10_000, first: 1_000 };

const oneLead = 20;
const archiveId = /^a4c1f200-6b3d-4f5e-8a70-([0-9a-f]{12})$/;
const archiveKey = /^archive-(\d{1,5})$/;
const givenNames = ['Ada', 'Bram', 'Celia', 'Dario', 'Edda', 'Farid', 'Gunnar', 'Hilde', 'Imran', 'Jana'];
const familyNames = ['Abara', 'Brunvold', 'Cassidy', 'Dvorak', 'Estrada', 'Falk', 'Grimaldi', 'Hosseini'];
const jobs = ['Researcher', 'Data Scientist', 'Archivist', 'Lab Engineer'];

const castSignIns: Readonly<Record<string, LastSignIn>> = { guest: 75, starter: 'unknown' };
const byId = new Map([...people, ...reviewedPeople].map((person) => [person.id, person]));
const byKey = new Map([...people, ...reviewedPeople].map((person) => [person.key, person]));

/** Anybody of the directory. The people of the archive are made when somebody looks at them. */
export function directoryPerson(id: string): Person | undefined {
  const wanted = id.toLowerCase();
  const known = byId.get(wanted);
  if (known) return known.tenantId === tenantId ? known : undefined;
  const index = archiveIndex(wanted);
  return index === undefined ? undefined : archivePerson(index);
}

export function directoryPersonByKey(key: string): Person | undefined {
  const index = Number(archiveKey.exec(key)?.[1] ?? Number.NaN);
  return byKey.get(key) ?? (index < archiveSizes.most ? archivePerson(index) : undefined);
}

export function archivePersonId(index: number): string {
  return `a4c1f200-6b3d-4f5e-8a70-${index.toString(16).padStart(12, '0')}`;
}

export function archiveIndex(id: string): number | undefined {
  const index = Number.parseInt(archiveId.exec(id)?.[1] ?? '', 16);
  return index < archiveSizes.most ? index : undefined;
}

export function lastSignIn(id: string): LastSignIn {
  const index = archiveIndex(id);
  if (index !== undefined) return archiveSignIn(index);
  const person = byId.get(id);
  if (!person) return 'unknown';
  if (isReviewed(person)) return person.signedInDaysAgo;
  return castSignIns[person.key] ?? 1;
}

function archivePerson(index: number): Person {
  const given = givenNames[index % givenNames.length];
  const family = familyNames[Math.floor(index / givenNames.length) % familyNames.length];
  const lead = index - (index % oneLead);
  const name = `${given} ${family} ${index + 1}`;
  const address = `${given}.${family}.${index + 1}@contoso.example`.toLowerCase();
  return {
    key: `archive-${index}`,
    id: archivePersonId(index),
    tenantId,
    displayName: name,
    userPrincipalName: address,
    mail: address,
    jobTitle: jobs[index % jobs.length] ?? 'Researcher',
    department: `Research ${1 + (Math.floor(index / 200) % 5)}`,
    userType: index % 41 === 17 ? 'Guest' : 'Member',
    ...(index === lead ? {} : { managerKey: `archive-${lead}` }),
    accountEnabled: index % 59 !== 23,
  };
}

// About one in eight has been away for long; a few never came or are not known about.
function archiveSignIn(index: number): LastSignIn {
  if (index % 53 === 7) return 'unknown';
  if (index % 97 === 5) return 'never';
  return index % 8 === 3 ? 45 + (index % 360) : (index * 7) % 29;
}

function isReviewed(person: Person): person is Reviewed {
  return 'signedInDaysAgo' in person;
}

function reviewed(
  key: string,
  number: number,
  displayName: string,
  jobTitle: string,
  more: Pick<Person, 'managerKey' | 'sponsorKey'> & { readonly enabled?: boolean; readonly guest?: boolean },
  signedInDaysAgo: LastSignIn,
): Reviewed {
  const { enabled = true, guest = false, ...relations } = more;
  const name = displayName.toLowerCase().replace(' ', '.');
  const mail = `${name}@${guest ? 'lumenworks.example' : 'contoso.example'}`;
  return {
    key,
    id: `1b7d4e2${number}-5a9c-4d31-8e64-2f0a7c9b510${number}`,
    tenantId,
    displayName,
    userPrincipalName: guest ? `${mail.replace('@', '_')}#EXT#@contoso.example` : mail,
    mail,
    jobTitle,
    department: guest ? 'Lumenworks' : 'Research',
    userType: guest ? 'Guest' : 'Member',
    ...relations,
    accountEnabled: enabled,
    signedInDaysAgo,
  };
}
