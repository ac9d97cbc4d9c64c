import { error, type Finding, ok, warning } from './finding.js';
import { type Need, personCanConsent, selfInstall } from './needs.js';
import { resourceOf } from './resources.js';

const writeId = 'permissions.write';
const applicationId = 'permissions.application';
const delegatedId = 'permissions.delegated';
const consentFix = 'Grant it in Entra under App registrations, API permissions, and give admin consent.';

/** Reading is the operation and not a part of another one: `User.Read.All` yes, `User.ReadWrite.All` no. */
const onlyReads = /\.Read(?!Write)[A-Za-z]*(\.|$)/;

/** The promise the whole bot stands on: its own identity can change nothing. */
export function checkNoWrite(held: readonly string[], elsewhere: readonly string[] = []): readonly Finding[] {
  const writing = held.filter((name) => !onlyReads.test(name) && name !== selfInstall);
  const why = 'The bot must not be able to approve, grant or change anything by itself.';
  const fix =
    'Remove it in Entra under Enterprise applications, Permissions. People act with their own rights.';
  const found = [
    ...writing.map((name) => error(writeId, { what: `The bot itself holds ${name}.`, why, fix })),
    ...[...new Set(elsewhere)].map((name) =>
      error(writeId, { what: `The bot itself holds a permission of ${name}.`, why, fix }),
    ),
  ];
  return found.length > 0 ? found : [ok(writeId, 'The bot by itself can decide nothing.')];
}

export function checkApplication(held: readonly string[], needs: readonly Need[]): readonly Finding[] {
  const missing = needs
    .filter(({ permission }) => !has(held, permission))
    .map(({ permission, usedBy }) =>
      error(applicationId, {
        what: `The application permission ${permission} is not granted.`,
        why: `It is used for ${usedBy}.`,
        fix: consentFix,
      }),
    );
  const more = held.filter((name) => onlyReads.test(name) && !has(permissions(needs), name));
  const found = [...missing, ...unneeded(applicationId, 'application', more)];
  return found.length > 0
    ? found
    : [ok(applicationId, `${needs.length} application permissions, as needed.`)];
}

/** `resources`: what was looked at besides Microsoft Graph. */
export function checkDelegated(
  forEverybody: readonly string[],
  needs: readonly Need[],
  resources: readonly string[] = [],
): readonly Finding[] {
  const isSeen = ({ permission }: Need): boolean => {
    const resource = resourceOf(permission);
    return resource === undefined || resources.includes(resource);
  };
  const seen = needs.filter(isSeen);
  const missing = seen.filter(({ permission }) => !has(forEverybody, permission)).map(missingConsent);
  const more = forEverybody.filter((name) => !has([...permissions(needs), ...signInScopes], name));
  const unchecked = needs.filter((need) => !isSeen(need)).map(notChecked);
  const found = [...missing, ...unneeded(delegatedId, 'delegated', more)];
  return found.length > 0
    ? [...found, ...unchecked]
    : [ok(delegatedId, `Consent for all ${seen.length} delegated permissions.`), ...unchecked];
}

function notChecked({ permission, usedBy }: Need): Finding {
  return warning(delegatedId, {
    what: `Consent for ${permission} was not checked: the directory knows no service principal for it.`,
    why: `${usedBy} cannot use it before there is one.`,
    fix: 'If your organisation has no Azure, write azure: false under pim in policy.yaml. Otherwise grant it in Entra.',
  });
}

/** The bot does not hold the permission to look at consents, because it needs it for nothing else. */
export function consentUnseen(said: string): Finding {
  return warning(delegatedId, {
    what: `The directory did not show the consents of the bot (it ${said}).`,
    why: 'So a missing delegated consent would be noticed by the first person who presses a button.',
    fix: 'Run the doctor once with an administrator’s token in LATCHKEY_DOCTOR_TOKEN: see docs/operations.md.',
  });
}

const signInScopes = ['openid', 'profile', 'offline_access', 'email', 'User.Read'];

function missingConsent({ permission, usedBy }: Need): Finding {
  const what = `There is no consent for everybody for the delegated permission ${permission}.`;
  if (personCanConsent.includes(permission)) {
    const why = `${usedBy} will ask each person once, which your tenant may not allow.`;
    return warning(delegatedId, { what, why, fix: consentFix });
  }
  return error(delegatedId, { what, why: `${usedBy} cannot work without it.`, fix: consentFix });
}

function unneeded(id: string, kind: string, names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return [];
  const what = `No flow that is on needs these ${kind} permissions: ${names.join(', ')}.`;
  const fix = 'Remove them, or ignore this if another flow will be switched on soon.';
  return [warning(id, { what, why: 'What is not granted cannot be misused.', fix })];
}

function permissions(needs: readonly Need[]): readonly string[] {
  return needs.map(({ permission }) => permission);
}

/** Entra compares names without regard to case. */
function has(names: readonly string[], name: string): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}
