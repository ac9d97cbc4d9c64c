import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkCertificate } from '../../scripts/doctor/check-certificate.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';
import { makeCertificate } from './make-certificate.js';
import { sentences, told } from './told.js';

const at = (day: string) => ({ now: () => new Date(`${day}T12:00:00Z`) });
const year = makeCertificate(new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z'));

describe('doctor: certificate of the bot', () => {
  let folder: TempFolder;
  let file = '';
  const keep = (text: string) => writeFile(file, text, { mode: 0o600 });
  beforeEach(() => {
    folder = tempFolder();
    file = path.join(folder.path, 'bot.pem');
  });
  afterEach(() => folder.remove());

  it('is content for most of its life, warns in the last month, refuses it afterwards', async () => {
    await keep(year.certificate + year.key);
    assert.deepEqual(told(await checkCertificate(file, at('2026-06-01'))), ['ok certificate.file']);
    assert.deepEqual(told(await checkCertificate(file, at('2026-12-05'))), ['warning certificate.file']);
    assert.deepEqual(told(await checkCertificate(file, at('2027-01-02'))), ['error certificate.file']);
  });

  it('refuses a key that belongs to another certificate', async () => {
    const other = makeCertificate(new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z'));
    await keep(year.certificate + other.key);
    const findings = await checkCertificate(file, at('2026-06-01'));
    assert.deepEqual(told(findings), ['error certificate.file', 'ok certificate.file']);
  });

  it('refuses a key that others can read', async () => {
    await keep(year.certificate + year.key);
    await chmod(file, 0o644);
    const findings = await checkCertificate(file, at('2026-06-01'));
    assert.match(sentences(findings), /Other users of this machine can read the private key/);
  });

  it('refuses a file that is not there, or holds something else, and prints nothing of it', async () => {
    assert.deepEqual(told(await checkCertificate(file, at('2026-06-01'))), ['error certificate.file']);
    await keep(year.key);
    const findings = await checkCertificate(file, at('2026-06-01'));
    assert.deepEqual(told(findings), ['error certificate.file']);
    assert.ok(!sentences(findings).includes(year.key.split('\n')[1] ?? ''));
  });
});
