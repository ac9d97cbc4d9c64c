import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A self-signed certificate with its key, made on the spot, so that no key lies around in the repository. */
export async function certificateFile(
  folder: string,
): Promise<{ readonly path: string; readonly pem: string }> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(0x30, version, integer, sha256WithRsa, name, validity, name, spki);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = der(0x30, body, sha256WithRsa, signature).toString('base64');
  const lines = certificate.match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  const file = path.join(folder, 'bot.pem');
  await writeFile(file, pem + privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { path: file, pem };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const version = der(0xa0, Buffer.from([0x02, 0x01, 0x02]));
const integer = Buffer.from([0x02, 0x01, 0x01]);
const sha256WithRsa = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
const commonName = Buffer.from('0603550403', 'hex');
const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from('latchkey test')))));
const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('490101000000Z')));
