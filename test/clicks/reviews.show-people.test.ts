import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

/** Where each of these stands in a text, all of them found. */
function positions(text: string, ...wanted: readonly RegExp[]): readonly number[] {
  return wanted.map((each) => {
    const at = text.search(each);
    assert.notEqual(at, -1, `${each} is not in: ${text}`);
    return at;
  });
}

describe('reviews.show: one person after another', () => {
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    stage = await openReviewStage(['chat-users']);
    message = await stage.packet('manager', 'chat-users');
  });
  after(() => stage.close());

  const about = async (whom: string) => cardText(await stage.about('manager', message, 'chat-users', whom));

  it('tells the facts first, and only then what Entra advises and why', async () => {
    const text = await about('dormant');
    const order = positions(
      text,
      /Does Matteo Lindqvist-Osei still need AI Chat Users\?/,
      /Research Analyst, Research/,
      /[Ll]ast sign-in \{\{DATE/,
      /AI research assistant - standard/,
      /Manager\nOlumide Castellane/,
      /Entra recommends to remove/,
      /no sign-in in the last 30 days/,
      /\bWhy\?/,
      /^Keep$/m,
    );
    assert.deepEqual(
      order,
      [...order].sort((one, other) => one - other),
    );
  });

  it('says how somebody got in: directly, through a group, or with a package and when', async () => {
    assert.match(await about('helpdesk'), /[Dd]irectly/);
    assert.match(await about('librarian'), /[Tt]hrough the group AI Retrieval Connector Operators/);
    assert.match(
      await about('newcomer'),
      /\{\{DATE\(.+[Ww]ith the package AI research assistant - standard|[Ww]ith the package AI research assistant - standard.+\{\{DATE/,
    );
  });

  it('marks a guest and names the sponsor', async () => {
    assert.match(await about('contractor'), /Guest[\s\S]*Sponsor: Wanjiru Halvorsen/);
    assert.doesNotMatch(await about('finance'), /Guest/);
  });

  it('says that an account is switched off', async () => {
    assert.match(await about('leaver'), /switched off/);
    assert.match(await about('finance'), /switched on/);
  });

  it('says who is unlike the others, and that this is why', async () => {
    assert.match(
      await about('contractor'),
      /mostly in other parts of the organisation[\s\S]*Entra recommends to remove[\s\S]*mostly in other parts/,
    );
  });

  it('says what was decided last time, by whom', async () => {
    assert.match(await about('finance'), /Kept[\s\S]{0,60}by Olumide Castellane/);
    assert.match(await about('dormant'), /Nobody was sure/);
  });

  it('says what Entra does not say, instead of leaving it out', async () => {
    const text = await about('newcomer');
    assert.match(text, /Entra does not say when they last signed in/);
    assert.match(text, /Entra does not compare/);
    assert.match(text, /Entra recommends nothing here/);
  });

  it('leaves a person who cannot be read decidable, and says what is not known', async () => {
    const { id, principal } = await stage.portal.reviewItem('manager', 'chat-users', 'helpdesk');
    await stage.fault({
      match: { service: 'graph', path: `/users/${principal.id}` },
      do: { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } },
      times: 40,
    });
    const text = cardText(cardOf(await stage.show('manager', message, { mode: 'person', item: id })));
    await stage.clearFaults();
    assert.match(text, /Does Tomasz Okonjeva still need AI Chat Users\?/);
    assert.doesNotMatch(text, /no longer in the directory/);
    assert.match(text, /Entra does not say what they do/);
    assert.match(text, /Entra does not say whether it is switched on/);
    assert.match(text, /^Keep$/m);
  });

  it('leaves one for later, and comes back to them', async () => {
    const name = (card: unknown): string => /Does (.+) still need/.exec(cardText(card))?.[1] ?? '';
    const first = name(cardOf(await stage.show('manager', message, { mode: 'one', skip: 0 })));
    const second = name(cardOf(await stage.show('manager', message, { mode: 'one', skip: 1 })));
    assert.notEqual(first, second);
    assert.equal(name(cardOf(await stage.show('manager', message, { mode: 'one', skip: 0 }))), first);
    const past = cardOf(await stage.show('manager', message, { mode: 'one', skip: 9 }));
    assert.equal(name(past), first);
  });

  it('is refused for somebody who is not in the reader’s list', async () => {
    const before = (await stage.refusals()).length;
    const answer = await stage.show('manager', message, {
      mode: 'person',
      item: '00000000-0000-4000-8000-000000000000',
    });
    assert.match(JSON.stringify(answer.value), /This is not yours to decide\. Nothing was changed\./);
    assert.deepEqual((await stage.refusals()).slice(before), ['reviews.not-yours']);
    assert.deepEqual(await stage.decisions(), []);
  });
});
