import assert from 'node:assert/strict';
import { chatUsers } from '../../practice/world/groups.js';
import { personByKey } from '../../practice/world/people.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardText } from '../support/card-text.js';
import { cardOf, dataOf, refOf } from '../support/on-card.js';
import type { Card, Entry, FaultOrder } from '../support/remote-control.js';
import { openReviewPortal } from '../support/review-portal.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { until } from '../support/until.js';

type Reviewer = 'manager' | 'security';

const review = 'Chat users, looked at by two';
const reason = 'Comes back from parental leave in June and goes on then';
const [leaver, finance] = ['Soraya Wetherby', 'Leilani Brandvold'];

/** Entra makes a bulk wait, and the world goes on: whoever is decided about elsewhere is not overwritten, and nothing is told that nobody knows. */
describe('a bulk that Entra keeps waiting', () => {
  let stage: ReviewStage;
  let portal: ReturnType<typeof openReviewPortal>;
  let place: { readonly definition: string; readonly instance: string };
  let packets: Readonly<Record<Reviewer, Entry>>;
  before(async () => {
    stage = await openReviewStage([]);
    portal = openReviewPortal(stage.url);
  });
  beforeEach(async () => {
    await stage.reset();
    const user = (key: Reviewer) => ({
      query: `/users/${personByKey(key)?.id}`,
      queryType: 'MicrosoftGraph',
    });
    const { id: definition } = await portal.graph<{ id: string }>('security', 'POST', '', {
      displayName: review,
      descriptionForAdmins: '',
      descriptionForReviewers: '',
      scope: { query: `/groups/${chatUsers.id}/members`, queryType: 'MicrosoftGraph' },
      reviewers: [user('manager'), user('security')],
      settings: { instanceDurationInDays: 7 },
    });
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    packets = {
      manager: await stage.packet('manager', review),
      security: await stage.packet('security', review),
    };
    const path = `/${definition}/instances`;
    const { value } = await portal.graph<{ value: readonly { id: string }[] }>('security', 'GET', path);
    place = { definition, instance: value[0]?.id ?? '' };
  });
  afterEach(async () => {
    const strangers = (await stage.writes()).filter(({ token }) => token !== 'user');
    assert.deepEqual(strangers, []);
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const items = () =>
    portal.graph<{ value: readonly { id: string; decision: string; principal: { displayName: string } }[] }>(
      'security',
      'GET',
      `/${place.definition}/instances/${place.instance}/decisions`,
    );
  const itemOf = async (name: string) => {
    const found = (await items()).value.find(({ principal }) => principal.displayName === name);
    assert.ok(found);
    return found;
  };
  const decisionAbout = async (name: string): Promise<string> => (await itemOf(name)).decision;
  /** What the card of one person sends. */
  const look = async (person: Reviewer, name: string, verb: string) => {
    const { id: item } = await itemOf(name);
    return dataOf(cardOf(await stage.show(person, packets[person], { mode: 'person', item })), verb);
  };
  const press = (person: Reviewer, verb: string, data: object) =>
    stage.press(person, packets[person].id, verb, data);
  const ask = async () => {
    const card = cardOf(
      await press('manager', 'reviews.bulk', { ref: refOf(packets.manager.card), kind: 'remove' }),
    );
    assert.match(cardText(card), /Remove these 3 people/);
    return dataOf(card, 'reviews.bulk-remove');
  };
  /** Pressed, and everything is through but what happens to one of them. */
  const begin = async (data: object, name: string, trouble: FaultOrder['do']) => {
    const { id } = await itemOf(name);
    await stage.fault({
      match: { service: 'graph', method: 'PATCH', path: `/decisions/${id}` },
      do: trouble,
    });
    const answer = press('manager', 'reviews.bulk-remove', data);
    const about = async () => (await stage.decisions()).filter(({ path }) => path.includes(id));
    await until('the others to be decided', async () => {
      const landed = (await stage.decisions()).filter(({ status }) => status === 204);
      return landed.length === 2 && (await about()).length === 1;
    });
    return { answer, about, id };
  };
  const later = { status: 429, retryAfter: 2 };
  const messageText = async (): Promise<string> =>
    cardText((await stage.entry('manager', packets.manager.id)).card);

  for (const [who, by] of [
    ['a colleague', 'security'],
    ['the same reviewer', 'manager'],
  ] as const) {
    it(`${who} decides in the portal about whom Entra put off: that stands, and the card says so`, async () => {
      const { answer, about, id } = await begin(await ask(), leaver, later);
      const kept = { decision: 'Approve', justification: reason };
      await portal.decide(by, { ...place, id }, kept);
      const text = cardText(cardOf(await answer));
      assert.match(text, /^You removed 2 people/);
      assert.match(text, /1 was decided by somebody else meanwhile/);
      assert.equal(await decisionAbout(leaver), 'Approve');
      assert.deepEqual(
        (await about()).map(({ status }) => status),
        [429, 204],
        'what Entra put off was not sent again',
      );
    });
  }

  it('nobody decides about whom Entra put off: it is sent again', async () => {
    const { answer } = await begin(await ask(), leaver, later);
    assert.match(cardText(cardOf(await answer)), /^You removed 3 people/);
    assert.equal(await decisionAbout(leaver), 'Deny');
  });

  it('nobody can look whether it is still wanted: it is not sent again, and the card says who is missing', async () => {
    const { answer, about, id } = await begin(await ask(), leaver, later);
    const look = { service: 'graph', method: 'GET', path: `/decisions/${id}` };
    const no = { error: { code: 'UnAuthorized', message: 'Reason: Unauthorized' } };
    await stage.fault({ match: look, do: { status: 403, body: no } });
    const text = cardText(cardOf(await answer));
    assert.match(text, /^You removed 2 people/);
    assert.match(text, /did not take 1 decision/);
    assert.equal((await about()).length, 1);
  });

  for (const [person, verb] of [
    ['security', 'reviews.keep'],
    ['manager', 'reviews.unsure'],
  ] as const) {
    it(`${person} presses ${verb} about one of them meanwhile: refused kindly, recorded, and nothing is written`, async () => {
      const data = { ...(await look(person, leaver, verb)), reason };
      const { answer, about } = await begin(await ask(), leaver, later);
      const card = cardOf(await press(person, verb, data));
      assert.match(cardText(card), /decided about together with others just now/);
      assert.deepEqual(await stage.refusals(), ['reviews.busy']);
      assert.equal((await about()).length, 1);
      await answer;
      assert.equal(await decisionAbout(leaver), 'Deny');
    });
  }

  it('somebody who is not among them can be decided about meanwhile', async () => {
    const data = { ...(await look('security', finance, 'reviews.keep')), reason };
    const { answer } = await begin(await ask(), leaver, later);
    assert.match(
      cardText(cardOf(await press('security', 'reviews.keep', data))),
      /You kept Leilani Brandvold/,
    );
    await answer;
    assert.equal(await decisionAbout(finance), 'Approve');
  });

  it('once it is over, people are decided about again', async () => {
    const { answer } = await begin(await ask(), leaver, later);
    await answer;
    const data = { ...(await look('security', leaver, 'reviews.keep')), reason };
    await press('security', 'reviews.keep', data);
    assert.equal(await decisionAbout(leaver), 'Approve');
    assert.deepEqual(await stage.refusals(), []);
  });

  const claims = () => stage.store().db.selectFrom('claims').select(['id', 'state']).execute();
  for (const trouble of [{ status: 429, retryAfter: 60 }, { status: 500 }]) {
    it(`one of them cannot be read back (${trouble.status}): nothing is called missing that Entra has, and the rest is told later`, async () => {
      const earlier = new Set((await claims()).map(({ id: claim }) => claim));
      const states = async () =>
        (await claims()).filter(({ id: claim }) => !earlier.has(claim)).map(({ state }) => state);
      const { answer, id } = await begin(await ask(), leaver, { delayMs: 1_500 });
      const readBack = { service: 'graph', method: 'GET', path: `/decisions/${id}` };
      await stage.fault({ match: readBack, do: trouble, times: 1_000 });
      const card: Card = cardOf(await answer);
      assert.match(cardText(card), /^Being recorded/);
      assert.deepEqual(await states(), ['claimed']);
      await stage.clearFaults();
      assert.equal(await decisionAbout(leaver), 'Deny');
      await stage.advance('PT2M');
      await until('the result', async () => /^You removed 3|: 3 of 5 people/.test(await messageText()));
      assert.doesNotMatch(await messageText(), /did not take|Being recorded/);
      assert.deepEqual(await states(), ['done']);
      const writes = (await stage.decisions()).filter(({ status }) => status === 204);
      assert.equal(writes.length, 3);
    });
  }
});
