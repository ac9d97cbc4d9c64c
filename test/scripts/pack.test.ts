// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how the manifest marks its places
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { fillManifest } from '../../scripts/pack/fill-manifest.js';
import { zip } from '../../scripts/pack/zip.js';
import { projectRoot } from '../../src/base/project-root.js';

const folder = path.join(projectRoot(), 'appPackage');
const template = readFileSync(path.join(folder, 'manifest.json'), 'utf8');
const env = {
  MICROSOFT_APP_ID: '7a1e4c90-5b28-4f63-8d0e-93c6b2f1a748',
  LATCHKEY_PUBLIC_URL: 'https://latchkey.contoso.com',
  PUBLISHER_NAME: 'Contoso "AI"',
  PUBLISHER_URL: 'https://contoso.com',
  PRIVACY_URL: 'https://contoso.com/privacy',
  TERMS_URL: 'https://contoso.com/terms',
};

describe('the manifest', () => {
  const filled = (changes: object = {}) => fillManifest(template, { ...env, ...changes });
  const problems = (changes: object): readonly string[] => {
    const result = filled(changes);
    return result.kind === 'problems' ? result.problems : [];
  };

  it('is filled from the settings of the bot', () => {
    const result = filled();
    assert.ok(result.kind === 'filled');
    const manifest = JSON.parse(result.manifest);
    assert.equal(manifest.id, env.MICROSOFT_APP_ID);
    assert.equal(manifest.bots[0].botId, env.MICROSOFT_APP_ID);
    assert.deepEqual(manifest.webApplicationInfo, {
      id: env.MICROSOFT_APP_ID,
      resource: `api://botid-${env.MICROSOFT_APP_ID}`,
    });
    assert.deepEqual(manifest.validDomains, ['latchkey.contoso.com']);
    assert.equal(manifest.bots[0].supportsFiles, true, 'people are offered files');
    assert.equal(manifest.developer.name, 'Contoso "AI"');
    assert.doesNotMatch(result.manifest, /\$\{\{/);
  });

  it('has the version of the program', () => {
    const { version } = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8'));
    assert.equal(JSON.parse(template).version, version);
  });

  it('is not made while something is missing, and everything that is missing is said', () => {
    const told = problems({ PRIVACY_URL: undefined, PUBLISHER_NAME: ' ' });
    assert.equal(told.length, 2);
    assert.ok(told.every((problem) => / is not set: /.test(problem)));
  });

  for (const [what, change] of [
    ['an id that is none', { BOT_ID: 'latchkey' }],
    ['an address without https', { TERMS_URL: 'http://contoso.com' }],
    ['a bot on this machine', { LATCHKEY_PUBLIC_URL: 'http://localhost:3978' }],
    ['a name that is too long', { PUBLISHER_NAME: 'x'.repeat(33) }],
  ] as const) {
    it(`is not made with ${what}`, () => assert.match(problems(change).join(), /does not fit/));
  }

  it('does not fill a place nobody knows', () => {
    const result = fillManifest('{"a": "${{AZURE_SECRET}}"}', { AZURE_SECRET: 'x' });
    assert.ok(result.kind === 'problems' && /nobody knows/.test(result.problems.join()));
  });
});

describe('the icons', () => {
  for (const [name, size, colour] of [
    ['color.png', 192, 'any'],
    ['outline.png', 32, 'with transparency'],
  ] as const) {
    it(`${name} is ${size} x ${size}, ${colour}`, () => {
      const png = readFileSync(path.join(folder, name));
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
      if (colour !== 'any') assert.equal(png[25], 6);
    });
  }
});

describe('the zip file', () => {
  const entries = [
    { name: 'manifest.json', content: Buffer.from('{"a": 1}'.repeat(100)) },
    { name: 'ä.txt', content: Buffer.alloc(0) },
  ];

  it('holds what was put in', () => {
    assert.deepEqual(
      unzip(zip(entries)),
      entries.map(({ name, content }) => ({ name, content: content.toString() })),
    );
  });

  it('has the same bytes for the same content', () => {
    assert.deepEqual(zip(entries), zip(entries));
  });
});

/** By the directory at the end, as every unzip does. */
function unzip(file: Buffer): readonly { readonly name: string; readonly content: string }[] {
  const end = file.length - 22;
  assert.equal(file.readUInt32LE(end), 0x06054b50);
  let at = file.readUInt32LE(end + 16);
  return Array.from({ length: file.readUInt16LE(end + 10) }, () => {
    assert.equal(file.readUInt32LE(at), 0x02014b50);
    const [packed, plain, names] = [
      file.readUInt32LE(at + 20),
      file.readUInt32LE(at + 24),
      file.readUInt16LE(at + 28),
    ];
    const name = file.toString('utf8', at + 46, at + 46 + names);
    const start = file.readUInt32LE(at + 42);
    assert.equal(file.readUInt32LE(start), 0x04034b50);
    const body = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
    const content = inflateRawSync(file.subarray(body, body + packed));
    assert.equal(content.length, plain);
    assert.equal(crc32(content), file.readUInt32LE(at + 16));
    at += 46 + names;
    return { name, content: content.toString() };
  });
}
