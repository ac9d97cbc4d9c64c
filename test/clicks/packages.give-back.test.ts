import assert from 'node:assert/strict';
import { giveBackKind, heldItem } from '../../src/flows/packages/held/items.js';
import { watchJob } from '../../src/flows/packages/held/watch-job.js';
import { enqueue } from '../../src/jobs/enqueue.js';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { claimRow } from '../support/store-rows.js';

describe('packages.give-back', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  const removals = async () =>
    (await stage.sent()).filter(({ body }) => JSON.stringify(body ?? '').includes('userRemove'));

  it('says first what will be lost, and gives nothing back yet', async () => {
    await stage.hold('engineer', 'workshop', 100);
    const list = await stage.hear('engineer', 'what do I have?');
    const answer = await stage.press('engineer', list.id, 'packages.give-back');
    const text = readIn(answer);
    assert.match(text, /^Give it back\?\nAI agent workshop/);
    assert.match(text, /What you will lose[\s\S]*AI Agent Studio[\s\S]*Agent workshop/);
    assert.match(text, /Without giving it back it ends on/);
    assert.match(text, /Yes, give it back[\s\S]*Keep it/);
    assert.equal((await removals()).length, 0);
  });

  it('is kept by pressing Keep it', async () => {
    const list = await stage.hear('engineer', 'what do I have?');
    await stage.press('engineer', list.id, 'packages.give-back');
    const kept = await stage.press('engineer', list.id, 'packages.mine');
    assert.match(readIn(kept), /AI agent workshop/);
    assert.equal((await removals()).length, 0);
  });

  it('gives it back at the second press, once however often that comes', async () => {
    const list = await stage.hear('engineer', 'what do I have?');
    await stage.press('engineer', list.id, 'packages.give-back');
    const answer = await stage.press('engineer', list.id, 'packages.give-back', {}, { deliver: 3 });
    assert.match(readIn(answer), /^Given back\nAI agent workshop/);
    assert.equal((await removals()).length, 1);
    await stage.advance('PT10S');
    await stage.says('engineer', list.id, /You do not hold it any more\. Thank you/);
    assert.ok(hasButton((await stage.entry('engineer', list.id)).card, 'packages.open'), 'and may ask again');
    assert.equal((await stage.held('engineer', 'workshop'))?.state, 'expired');
    const after = await stage.hear('engineer', 'what do I have?');
    assert.match(cardText(after.card), /You hold no access package just now/);
  });

  it('tells nobody afterwards that it has ended: they know', async () => {
    await stage.advance('P101D');
    const told = (await stage.timeline('engineer')).filter(({ card }) =>
      /Your access (has ended|ends soon)/.test(cardText(card)),
    );
    assert.equal(told.length, 0);
  });

  it('a delivered package can be given back from its own card', async () => {
    const { id } = await stage.ask('finance', 'prompts');
    await stage.says('finance', id, /You have access[\s\S]*Give back/);
    const sure = await stage.press('finance', id, 'packages.give-back');
    assert.match(readIn(sure), /^Give it back\?\nPrompt library/);
    const done = await stage.press('finance', id, 'packages.give-back');
    assert.match(readIn(done), /^Given back/);
    await stage.advance('PT10S');
    await stage.says('finance', id, /You do not hold it any more/);
  });

  it('that came to nothing says so, and the next press gives back anew', async () => {
    const held = await stage.hold('helpdesk', 'standard', 50);
    const { id } = await stage.hear('helpdesk', 'what do I have?');
    const failed = await stage.ask('helpdesk', 'sandbox');
    await stage.says('helpdesk', failed.id, /Could not be set up/);
    await stage.press('helpdesk', id, 'packages.give-back');
    await sentInVain(held.id, (await stage.portal.newest('helpdesk')).id);
    await stage.advance('PT10S');
    await stage.says('helpdesk', id, /^Not given back[\s\S]*you still hold it/);
    const before = (await removals()).length;
    assert.match(readIn(await stage.press('helpdesk', id, 'packages.give-back')), /^Give it back\?/);
    assert.match(readIn(await stage.press('helpdesk', id, 'packages.give-back')), /^Given back/);
    assert.equal((await removals()).length - before, 1);
    await stage.advance('PT10S');
    await stage.says('helpdesk', id, /You do not hold it any more/);
  });

  /** The question was answered, and Entra made this of it. */
  const sentInVain = async (assignment: string, requestId: string): Promise<void> => {
    const store = stage.store();
    const item = heldItem(assignment);
    const { ref, person } = await store.db
      .selectFrom('cards')
      .select(['ref', 'person'])
      .where('item', '=', item)
      .where('kind', '=', giveBackKind)
      .executeTakeFirstOrThrow();
    const now = await stage.now();
    const about = { assignment, personId: person, packageId: 'p', packageName: 'Standard', endsAt: '' };
    const done = { state: 'done', action: 'give-back', effect: 'packages.give-back', stage: ref } as const;
    await store.write(async (tx) => {
      await tx
        .insertInto('claims')
        .values({
          ...claimRow({ item, card_ref: ref, actor_id: person, settled_at: now.getTime(), ...done }),
          args: JSON.stringify({ ...about, earlier: [], opens: [], ref }),
          receipt: JSON.stringify({ requestId, state: 'submitted' }),
        })
        .execute();
      await enqueue(tx, { now: () => now }, watchJob(assignment, undefined));
    });
  };

  it('of something that is nobody’s leaves no question behind', async () => {
    const { id } = await stage.hear('helpdesk', 'help');
    const cards = () => stage.store().db.selectFrom('cards').select('ref').execute();
    const before = (await cards()).length;
    const assignment = '00000000-aaaa-4000-8000-000000000000';
    const answer = await stage.press('helpdesk', id, 'packages.give-back', { assignment });
    assert.match(readIn(answer), /You do not have this access any more/);
    await stage.press('helpdesk', id, 'packages.give-back', { assignment: 'x'.repeat(40) });
    assert.equal((await cards()).length, before);
    assert.deepEqual(await stage.refusals(), ['packages.not-held', 'flows.bad-input']);
  });

  it('says so when it is not theirs any more, and sends nothing', async () => {
    await stage.hold('starter', 'standard', 50);
    const list = await stage.hear('starter', 'what do I have?');
    await stage.post('/packages/expire', { person: 'starter', package: 'standard' });
    const before = (await removals()).length;
    const answer = await stage.press('starter', list.id, 'packages.give-back', { sure: true });
    assert.match(readIn(answer), /You do not have this access any more\. Nothing was changed\./);
    assert.equal((await removals()).length, before);
    assert.deepEqual((await stage.refusals()).slice(-1), ['packages.not-held']);
  });
});
