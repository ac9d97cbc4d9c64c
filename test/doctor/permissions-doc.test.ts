import assert from 'node:assert/strict';
import { flows } from '../../bot/flows.js';
import { applicationNeeds, personCanConsent } from '../../scripts/doctor/needs.js';
import { tableUnder } from './page-tables.js';

const everything = { packages: 'act', reviews: 'act', pim: 'act', recovery: 'act' } as const;
const everyFlow = (['packages', 'reviews', 'pim', 'recovery'] as const).map((name) => ({ name }));
const page = 'docs/permissions.md';

describe('docs/permissions.md', () => {
  it('lists exactly the delegated permissions that verbs use, and which verb uses which', async () => {
    const rows = await tableUnder(page, 'Delegated');
    const written = rows.map(([permission, verb]) => `${permission} ${verb}`);
    const used = flows
      .flatMap((flow) => flow.verbs)
      .flatMap(({ name, scopes }) => scopes.map((scope) => `${scope} ${name}`));
    assert.deepEqual([...written].sort(), [...used].sort());
  });

  it('lists exactly the application permissions that the doctor asks for', async () => {
    const rows = await tableUnder(page, 'Application');
    const needed = applicationNeeds(everyFlow, everything).map(({ permission }) => permission);
    assert.deepEqual(rows.map(([permission]) => permission).sort(), [...needed].sort());
  });

  it('says that people can consent alone only where they can', async () => {
    for (const row of await tableUnder(page, 'Delegated')) {
      assert.equal(personCanConsent.includes(row[0] ?? ''), row[4]?.includes('each person'), row[0]);
    }
  });

  it('leaves no cell empty', async () => {
    const rows = [...(await tableUnder(page, 'Delegated')), ...(await tableUnder(page, 'Application'))];
    assert.ok(rows.every((row) => row.every((cell) => cell !== '')));
  });
});

describe('a flow that is off', () => {
  it('needs no permission', () => {
    assert.deepEqual(
      applicationNeeds(everyFlow, { packages: 'off', reviews: 'off', pim: 'off', recovery: 'off' }),
      [],
    );
  });
});
