import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Registry } from 'prom-client';
import { createEdgeMetrics } from '../../bot/metrics.js';
import { projectRoot } from '../../src/base/project-root.js';
import { tableUnder } from './page-tables.js';

const page = 'docs/operations.md';

/** A setting is what the code reads by name, in config.ts, or what env.sample offers. */
async function settingsIn(file: string): Promise<ReadonlySet<string>> {
  const text = await readFile(path.join(projectRoot(), file), 'utf8');
  return new Set(text.match(/\b(MICROSOFT_APP|LATCHKEY)_[A-Z_]*[A-Z]\b/g) ?? []);
}

describe('docs/operations.md', () => {
  it('lists exactly the settings that the bot reads', async () => {
    const rows = await tableUnder(page, 'Settings');
    const read = await settingsIn('src/base/config.ts');
    assert.deepEqual(rows.map(([name]) => name).sort(), [...read].sort());
  });

  it('agrees with env.sample', async () => {
    const rows = await tableUnder(page, 'Settings');
    const offered = await settingsIn('env.sample');
    assert.deepEqual(rows.map(([name]) => name).sort(), [...offered].sort());
  });

  it('lists exactly the metrics of the bot', async () => {
    const registry = new Registry();
    createEdgeMetrics(registry);
    const exposed = (await registry.getMetricsAsJSON()).map(({ name }) => name);
    const rows = await tableUnder(page, 'Logs and metrics');
    assert.deepEqual(rows.map(([name]) => name).sort(), exposed.sort());
  });
});
