import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { type Clock, day } from '../../src/base/clock.js';
import { error, type Finding, nameOf, ok, warning } from './finding.js';

const id = 'certificate.file';
const soon = 30 * day;

/** The certificate with which the bot proves its identity: there, whole, private and not about to expire. */
export async function checkCertificate(file: string, clock: Clock): Promise<readonly Finding[]> {
  try {
    const pem = await readFile(file, 'utf8');
    const certificate = new X509Certificate(pem);
    return [...fits(certificate, pem), ...(await isPrivate(file)), expiry(certificate, clock)];
  } catch (thrown) {
    const what = `LATCHKEY_CERTIFICATE_FILE cannot be read as PEM with certificate and key (${nameOf(thrown)}).`;
    const fix = 'Put certificate and unencrypted private key, both as PEM, into the file the setting names.';
    return [error(id, { what, why: 'Without it the bot cannot prove its identity.', fix })];
  }
}

function fits(certificate: X509Certificate, pem: string): readonly Finding[] {
  if (certificate.checkPrivateKey(createPrivateKey(pem))) return [];
  const what = 'The private key does not belong to the first certificate in the file.';
  return [
    error(id, {
      what,
      why: 'Entra will refuse what is signed with it.',
      fix: 'Put the matching pair into the file.',
    }),
  ];
}

async function isPrivate(file: string): Promise<readonly Finding[]> {
  const { mode } = await stat(file);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return [];
  const what = 'Other users of this machine can read the private key.';
  return [error(id, { what, why: 'Whoever has the key is the bot.', fix: `chmod 600 ${file}` })];
}

function expiry(certificate: X509Certificate, clock: Clock): Finding {
  const end = new Date(certificate.validTo);
  const left = end.getTime() - clock.now().getTime();
  const until = end.toISOString().slice(0, 10);
  const fix =
    'Make a new certificate, add it to the app registration, then replace the file and restart the bot.';
  if (left <= 0) {
    return error(id, { what: `The certificate expired on ${until}.`, why: 'Entra refuses the bot.', fix });
  }
  if (left >= soon) return ok(id, `The certificate is valid until ${until}.`);
  const why = 'From then on the bot can neither read nor send.';
  return warning(id, { what: `The certificate expires on ${until}.`, why, fix });
}
