import assert from 'node:assert/strict';
import { chatUsers } from '../../practice/world/groups.js';
import { personByKey } from '../../practice/world/people.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, dataOf, refOf } from '../support/on-card.js';
import { oneFlow } from '../support/one-flow.js';
import { openReviewPortal } from '../support/review-portal.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { until } from '../support/until.js';
import { type Attack, attackOn } from './attack.js';

const reason = 'Works with it every day, I asked her yesterday morning';
const decisions = ['reviews.keep', 'reviews.remove', 'reviews.unsure', 'reviews.undo'];

const closeIntact = async (stage: ReviewStage): Promise<void> => {
  const verdict = await verifyRecord(stage.store());
  await stage.close();
  assert.equal(verdict.kind, 'intact');
};

describe('a review that takes no decisions any more', () => {
  let stage: ReviewStage;
  let attack: Attack;
  beforeEach(async () => {
    stage = await openReviewStage([]);
    attack = attackOn(stage);
  });
  afterEach(() => closeIntact(stage));

  /** Everything that decides, pressed with what was on the card while the review ran. */
  const pressAll = async (person: string, data: object, ref: string): Promise<void> => {
    for (const verb of decisions) {
      const { code, text } = await attack(person, verb, { ...data, reason });
      assert.equal(code, 'reviews.over', verb);
      assert.match(text, /ended|stopped|over|stage/i);
    }
    for (const verb of ['reviews.bulk-remove', 'reviews.bulk-keep']) {
      assert.equal((await attack(person, verb, { ref, seen: 'x', reason })).code, 'reviews.over', verb);
    }
    for (const kind of ['remove', 'keep']) {
      assert.equal((await attack(person, 'reviews.bulk', { ref, kind })).code, 'reviews.over', kind);
    }
  };
  const opened = async (person: string, review: string, whom: string) => {
    const card = await stage.packet(person, review);
    return dataOf(await stage.about(person, card, review, whom), 'reviews.remove');
  };

  it('was stopped by an administrator: every button is refused, and the card has none left', async () => {
    await stage.start(['chat-users']);
    const data = await opened('manager', 'chat-users', 'finance');
    await stage.post('/reviews/chat-users/stop', {});
    await pressAll('manager', data, String(data.ref));
    const last = await attack('manager', 'reviews.keep', { ...data, reason });
    assert.ok(cardActions(last.card).every(({ data: sent }) => !('ref' in sent)));
  });

  it('came to its day: every button is refused', async () => {
    await stage.start(['platform-admins']);
    const data = await opened('security', 'platform-admins', 'manager');
    await stage.advance('P7DT1H');
    await pressAll('security', data, String(data.ref));
  });

  it('is at another stage: who decided in the first one decides no more, and in the second only theirs', async () => {
    await stage.start(['connector-operators']);
    const data = await opened('appowner', 'connector-operators', 'librarian');
    await stage.portal.stopStage('security', 'connector-operators');
    await stage.advance('PT1M');
    await pressAll('appowner', data, String(data.ref));
    // One sweep sees that the stage is over, the next one who is asked now.
    await stage.advance('PT1M');
    const card = await stage.packet('security', 'connector-operators');
    for (const verb of decisions) {
      const sent = { ...data, ref: refOf(card.card), reason };
      assert.equal((await attack('security', verb, sent)).code, 'reviews.not-yours', verb);
    }
  });

  it('the card of one stage does not decide items of the stage after it', async () => {
    await stage.start(['connector-operators']);
    const first = await opened('appowner', 'connector-operators', 'librarian');
    await stage.portal.stopStage('security', 'connector-operators');
    await stage.advance('PT1M');
    const { id } = await stage.portal.reviewItem('security', 'connector-operators', 'librarian');
    assert.notEqual(id, first.item);
    const sent = { ...first, item: id, reason };
    assert.equal((await attack('appowner', 'reviews.keep', sent)).code, 'reviews.over');
  });

  it('a card that is too old', async () => {
    await stage.start(['chat-users']);
    const data = await opened('manager', 'chat-users', 'finance');
    await stage
      .store()
      .write((tx) =>
        tx.updateTable('cards').set({ expires_at: 1 }).where('ref', '=', String(data.ref)).execute(),
      );
    for (const verb of decisions) {
      assert.equal((await attack('manager', verb, { ...data, reason })).code, 'flows.card-expired', verb);
    }
    const bulk = { ref: data.ref, seen: 'x', reason };
    assert.equal((await attack('manager', 'reviews.bulk-remove', bulk)).code, 'flows.card-expired');
  });

  it('a review of a world that was reset', async () => {
    await stage.start(['chat-users']);
    const data = await opened('manager', 'chat-users', 'finance');
    await stage.reset();
    await stage.say('manager', 'help');
    const { id } = await stage.card('manager', /Hello/);
    const answer = await stage.press('manager', id, 'reviews.keep', { ...data, reason });
    assert.notEqual(answer.statusCode, 500, JSON.stringify(answer.value));
    assert.deepEqual(await stage.writes(), []);
  });
});

describe('a guest who reviews others', () => {
  let stage: ReviewStage;
  let portal: ReturnType<typeof openReviewPortal>;
  let definition: string;
  before(async () => {
    stage = await openReviewStage([]);
    const guest = personByKey('guest')?.id;
    portal = openReviewPortal(stage.url);
    const made = await portal.graph<{ id: string }>('security', 'POST', '', {
      displayName: 'Chat users, looked at by a contractor',
      descriptionForAdmins: '',
      descriptionForReviewers: '',
      scope: { query: `/groups/${chatUsers.id}/members`, queryType: 'MicrosoftGraph' },
      reviewers: [{ query: `/users/${guest}`, queryType: 'MicrosoftGraph' }],
      settings: { instanceDurationInDays: 7 },
    });
    definition = made.id;
    await stage.advance('PT20S');
    await stage.advance('PT20S');
  });
  after(() => stage.close());

  const instanceOf = async (id: string): Promise<string> => {
    const { value } = await portal.graph<{ value: readonly { id: string }[] }>(
      'security',
      'GET',
      `/${id}/instances`,
    );
    return value[0]?.id ?? '';
  };

  it('decides nothing here: one line, a sentence that says whom to ask', async () => {
    const attack = attackOn(stage);
    await stage.packet('guest', 'looked at by a contractor');
    const { ref } = await stage.store().db.selectFrom('packets').select('ref').executeTakeFirstOrThrow();
    const [listed] = await portal.mine('guest', definition, await instanceOf(definition));
    assert.ok(listed);
    for (const verb of decisions) {
      const sent = { ref, item: listed.id, seen: 'x', reason };
      const { code, text } = await attack('guest', verb, sent);
      assert.equal(code, 'reviews.no-guest-reviewer', verb);
      assert.match(text, /Guests do not decide about this access here/);
    }
    const bulk = { ref, seen: 'x', reason };
    assert.equal((await attack('guest', 'reviews.bulk-remove', bulk)).code, 'reviews.no-guest-reviewer');
    assert.equal((await attack('guest', 'reviews.bulk-keep', bulk)).code, 'reviews.no-guest-reviewer');
  });
});

describe('a policy that does not let the flow decide', () => {
  let stage: ReviewStage;
  const write = (capability: string): void =>
    stage.changePolicy(oneFlow('reviews').replace(/^( {2}reviews:) act$/m, `$1 ${capability}`));
  beforeEach(async () => {
    stage = await openReviewStage(['chat-users']);
  });
  afterEach(() => closeIntact(stage));

  for (const capability of ['notify', 'off']) {
    it(`${capability}: buttons of cards from before are refused, one line each`, async () => {
      const card = await stage.packet('manager', 'chat-users');
      const data = dataOf(await stage.about('manager', card, 'chat-users', 'finance'), 'reviews.keep');
      write(capability);
      await stage.restartBot();
      const attack = attackOn(stage);
      for (const verb of decisions) {
        const { code, text } = await attack('manager', verb, { ...data, reason });
        assert.equal(code, 'flows.off', verb);
        assert.match(text, /does not decide this in chat/);
      }
      const { ref } = data;
      assert.equal((await attack('manager', 'reviews.bulk', { ref, kind: 'remove' })).code, 'flows.off');
      for (const verb of ['reviews.bulk-remove', 'reviews.bulk-keep']) {
        assert.equal((await attack('manager', verb, { ref, seen: 'x', reason })).code, 'flows.off', verb);
      }
    });
  }

  it('notify: the card shows the facts and offers no decision', async () => {
    const card = await stage.packet('manager', 'chat-users');
    write('notify');
    await stage.restartBot();
    for (const mode of ['home', 'one', 'list']) {
      const shown = cardOf(await stage.show('manager', card, { mode }));
      const verbs = cardActions(shown).map(({ verb }) => verb);
      assert.ok(
        verbs.every((verb) => verb === 'reviews.show'),
        `${mode}: ${verbs}`,
      );
      assert.match(cardText(shown), /AI Chat Users/);
    }
  });

  it('off: no card is sent for a review that begins', async () => {
    write('off');
    await stage.restartBot();
    await stage.start(['platform-admins']);
    await stage.advance('PT1M');
    const { clock } = await stage.get<{ clock: { now: string } }>('');
    await until('the sweep to have gone by', async () => {
      const jobs = stage.store().db.selectFrom('jobs').select('run_at').where('kind', '=', 'reviews.sweep');
      return (await jobs.execute()).every((job) => job.run_at > Date.parse(clock.now));
    });
    const texts = (await stage.timeline('security')).map(({ card }) => cardText(card));
    assert.ok(!texts.some((text) => text.includes('AI Platform Admins')));
  });
});
