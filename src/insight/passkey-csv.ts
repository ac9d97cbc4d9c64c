import {
  hasAdvisory,
  hasDeviceBound,
  hasPasskey,
  modelName,
  type PersonKeys,
  type Recoveries,
  usesPhone,
} from './passkey-report.js';

const columns = [
  'Name',
  'User name',
  'Department',
  'Administrator',
  'Guest',
  'Passkey',
  'Passkeys',
  'Models',
  'Device-bound',
  'Firmware in an advisory',
  'Text or call',
  'Asked for first',
  'Second factor',
  'Cases',
];

/** One line a person. What was not read is empty: it is not the same as no. */
export function passkeyCsv(all: readonly PersonKeys[], { byPerson }: Recoveries): string {
  const lines = all.map((each) => {
    const { name, upn, department, admin, guest, mfa, preferred, keys, id } = each;
    return [
      name,
      upn,
      department,
      yesNo(admin),
      yesNo(guest),
      yesNo(hasPasskey(each)),
      keys === undefined ? '' : String(keys.length),
      keys === undefined ? '' : keys.map(modelName).join('; '),
      yesNo(hasDeviceBound(each)),
      keys === undefined ? '' : yesNo(hasAdvisory(each)),
      yesNo(usesPhone(each)),
      preferred,
      yesNo(mfa),
      String(byPerson.get(id) ?? 0),
    ];
  });
  // Spreadsheets on Windows take a file without this mark for one of their own country's encodings.
  return `\uFEFF${[columns, ...lines].map((line) => line.map(field).join(',')).join('\r\n')}\r\n`;
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}

/** A spreadsheet calculates what begins like a formula, and people choose their own names. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
