import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.owned', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
    await stage.hold('dormant', 'standard', 100, { startsAt: '2025-06-01T08:00:00Z' });
    await stage.hold('engineer', 'standard', 10, { startsAt: '2025-06-01T08:00:00Z' });
  });
  after(() => stage.close());

  const look = async (person: string, data: object) => {
    const { id } = await stage.hear(person, 'who has access?');
    return stage.press(person, id, 'packages.owned', data);
  };

  it('lists what its reader answers for, as Entra lets them see it', async () => {
    const { card } = await stage.hear('security', 'who has access?');
    const text = cardText(card);
    assert.match(text, /^Packages you answer for/);
    for (const name of ['AI agent workshop', 'Prompt library', 'elevated connectors'])
      assert.match(text, new RegExp(name));
  });

  it('says so to somebody who answers for nothing', async () => {
    const { card } = await stage.hear('finance', 'who has access?');
    assert.match(cardText(card), /I found none\. Whoever looks after a catalog in Entra can give you a role/);
    assert.ok(!cardActions(card).some(({ data }) => 'package' in data));
  });

  it('shows who has a package, who is near the end and who does not use it', async () => {
    const { id } = await stage.packageOf('standard');
    const text = readIn(await look('security', { package: id }));
    assert.match(text, /^Who has AI research assistant - standard/);
    assert.match(text, /2 people have it/);
    assert.match(text, /Ends soon\n1 within 14 days/);
    assert.match(text, /Not in use\n1 with no sign-in to anything for 90 days/);
    assert.match(text, /Ayumi Fernqvist\n · Ends soon[\s\S]*Matteo Lindqvist-Osei\n · Not in use/);
    assert.match(text, /not when they used this package/);
  });

  it('shows requests by outcome and how long people wait, and what was not delivered', async () => {
    const { id: asked } = await stage.ask('finance', 'sandbox');
    await stage.says('finance', asked, /Could not be set up/);
    const { id } = await stage.packageOf('sandbox');
    const answer = await look('security', { package: id });
    const text = readIn(answer);
    assert.match(text, /Deliveries that failed\nLeilani Brandvold\n · got nothing[\s\S]*Try again/);
    assert.match(text, /1 request: 0 granted/);
    assert.ok(hasButton(answer.value, 'packages.reprocess'));
  });

  it('turns pages of ten people', async () => {
    const { id } = await stage.packageOf('prompts');
    const endsAt = new Date((await stage.now()).getTime() + 200 * 86_400_000).toISOString();
    await stage.post('/packages/hold', { archive: 25, package: 'prompts', endsAt });
    const first = await look('appowner', { package: id });
    assert.match(readIn(first), /People 1 to 10 of \d+[\s\S]*Next/);
    const last = await look('appowner', { package: id, skip: 20 });
    assert.match(readIn(last), /People 21 to \d+ of \d+[\s\S]*Previous/);
    assert.doesNotMatch(readIn(last), /Next/);
  });

  it('shows nobody’s names to somebody whom Entra does not show them', async () => {
    const { id } = await stage.packageOf('standard');
    const answer = await look('engineer', { package: id });
    assert.match(readIn(answer), /Entra does not let you see who has this package\./);
    assert.doesNotMatch(readIn(answer), /Matteo/);
  });
});
