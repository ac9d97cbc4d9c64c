import { stableId } from '../ids.js';
import { directoryPerson } from '../reviewed-people.js';
import { emailId, type Method, modelNamed, passkeyId, passwordId, phoneIds } from './methods.js';

/** A method without the moment at which it was registered. */
type Seed = Method extends infer M ? (M extends Method ? Omit<M, 'createdAt'> : never) : never;
type Planned = Seed & { readonly daysAgo: number };

const day = 86_400_000;
const yubiKeyNfc57 = 'a25342c0-3cdc-4414-8e46-f4807fca511c';
const yubiKeyNfc52 = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const yubiKeyNano57 = '19083c3d-8383-4b18-bc03-8f1c9ab2fd1b';
const authenticatorAndroid = 'de1e552d-db1d-4423-a619-566b625cdc84';

/** What each person has registered, besides the password that every member has. */
const planned: Readonly<Record<string, readonly Planned[]>> = {
  engineer: [
    passkey('engineer', 'Authenticator on Pixel 8', authenticatorAndroid, 'synced', 240),
    { ...hello('engineer', 'LAPTOP-AYUMI'), daysAgo: 310 },
  ],
  manager: [phone('mobile', '+351 915550102', 600)],
  security: [
    passkey('security', 'YubiKey 5C NFC, key ring', yubiKeyNfc57, 'deviceBound', 200),
    // Older than 5.7: the firmware that the advisory YSA-2024-03 is about.
    passkey('security', 'YubiKey 5 NFC, safe', yubiKeyNfc52, 'deviceBound', 500),
  ],
  helpdesk: [passkey('helpdesk', 'YubiKey 5C Nano', yubiKeyNano57, 'deviceBound', 150)],
  finance: [
    authenticator('finance', "Leilani's iPhone 15", '6.8.21', 420),
    phone('mobile', '+351 915550105', 300),
  ],
  appowner: [authenticator('appowner', 'Galaxy S23', '6.2509.6108', 260)],
  dormant: [phone('mobile', '+351 915550121', 900), phone('alternateMobile', '+351 915550122', 900)],
  leaver: [authenticator('leaver', 'Pixel 6a', '6.2408.5807', 500)],
  librarian: [
    { kind: 'softwareOath', id: stableId('one-time codes of librarian'), daysAgo: 330 },
    { kind: 'email', id: emailId, address: 'hana.petrossian@post.example', daysAgo: 330 },
  ],
  operator: [
    { ...hello('operator', 'OPS-17'), daysAgo: 90 },
    {
      kind: 'platform',
      id: stableId('platform credential of operator'),
      name: "Emeka's MacBook",
      keyStrength: 'normal',
      platform: 'macOS',
      daysAgo: 60,
    },
    phone('office', '+351 215550126', 800),
  ],
};

/** Guests sign in where they come from: this tenant knows no method of theirs. */
export function seededMethods(personId: string, startedAt: Date): readonly Method[] {
  const person = directoryPerson(personId);
  if (!person || person.userType === 'Guest') return [];
  const started = startedAt.getTime();
  const others = planned[person.key] ?? (person.key.startsWith('archive-') ? archived(person.key) : []);
  const password: Planned = { kind: 'password', id: passwordId, daysAgo: 1_000 };
  return [password, ...others]
    .toSorted((a, b) => b.daysAgo - a.daysAgo)
    .map(({ daysAgo, ...method }) => ({
      ...method,
      createdAt: new Date(started - daysAgo * day).toISOString(),
    }));
}

/** Of the people who are there in great number: every fourth has a passkey, the others get codes by text message. */
function archived(key: string): readonly Planned[] {
  const index = Number(key.slice('archive-'.length));
  if (index % 4 === 1) return [passkey(key, 'YubiKey 5 NFC', yubiKeyNfc57, 'deviceBound', 100)];
  return index % 9 === 5 ? [] : [phone('mobile', `+351 9166${String(index).padStart(5, '0')}`, 400)];
}

function passkey(
  key: string,
  name: string,
  aaguid: string,
  passkeyType: 'deviceBound' | 'synced',
  daysAgo: number,
): Planned {
  const attested = passkeyType === 'deviceBound';
  const id = passkeyId(`${name} of ${key}`);
  return { kind: 'fido2', id, name, aaguid, model: modelNamed(aaguid), passkeyType, attested, daysAgo };
}

function authenticator(key: string, name: string, appVersion: string, daysAgo: number): Planned {
  const id = stableId(`authenticator ${name} of ${key}`);
  return { kind: 'authenticator', id, name, deviceTag: 'SoftwareTokenActivated', appVersion, daysAgo };
}

function hello(key: string, name: string): Extract<Seed, { kind: 'hello' }> {
  return { kind: 'hello', id: stableId(`hello ${name} of ${key}`), name, keyStrength: 'normal' };
}

function phone(phoneType: 'mobile' | 'alternateMobile' | 'office', number: string, daysAgo: number): Planned {
  return { kind: 'phone', id: phoneIds[phoneType], number, phoneType, daysAgo };
}
