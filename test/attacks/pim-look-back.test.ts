import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardOf, hasButton, readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';
import { type Attack, smuggledCard } from './attack.js';
import { attackOnRoles } from './pim-attack.js';

const comment = 'The incident of tonight, I followed it in the channel';

/** After an emergency somebody else looks at what was done. Nobody closes that for themselves, or for others. */
describe('attacks on the look back', () => {
  let stage: PimStage;
  let attack: Attack;
  let activation: string;
  let securitys: { readonly message: string; readonly ref: string };

  /** The card on which this person is asked what was done with a role. */
  const lookBackOf = async (person: string) => {
    const { id, card } = await until(`a look back for ${person}`, async () =>
      (await stage.timeline(person)).findLast((entry) => hasButton(entry.card, 'pim.expected')),
    );
    return { message: id, ref: refOf(card) };
  };
  const closings = async (): Promise<number> => {
    const { db } = stage.store();
    const claims = await db
      .selectFrom('claims')
      .select('id')
      .where('effect', '=', 'pim.close-look-back')
      .execute();
    return claims.length;
  };

  before(async () => {
    // Security Administrator is for emergencies: here two people answer for it.
    const policy = (starter: string) =>
      starter.replace(
        /(194ae4cb-b126-40b2-bd5b-6091b380977d: \[0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003)\]/,
        '$1, 0e5f3a02-4c7d-4e2b-9b6a-1c8d5e2f7002]',
      );
    stage = await openPimStage({ policy });
    attack = attackOnRoles(stage);
    const { id } = await stage.activate('engineer', 'security-admin', { minutes: '30' });
    activation = (await stage.request('engineer', 'security-admin')).id;
    await stage.says('engineer', id, /^Ready to use/);
    await stage.advance('PT31M');
    await stage.says('engineer', id, /^Ended/);
    await stage.advance('PT3M');
    securitys = await lookBackOf('security');
  });
  // The log takes few calls at a time, and every one of these cards reads it.
  beforeEach(() => stage.advance('PT11S'));
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  for (const verb of ['pim.expected', 'pim.question']) {
    for (const person of ['engineer', 'manager', 'finance', 'guest']) {
      it(`${person} presses ${verb} with the reference on somebody else’s card`, async () => {
        const { code, text } = await attack(person, verb, { ref: securitys.ref, comment });
        assert.equal(code, 'flows.not-your-card');
        assert.doesNotMatch(text, /Fernqvist|Security Administrator/);
      });
    }
    it(`whoever used the role presses ${verb} on a card of their own`, async () => {
      const ref = await smuggledCard(stage, 'engineer', {
        kind: 'pim.look-back',
        item: `activation:${activation}`,
      });
      const { code, text } = await attack('engineer', verb, { ref, comment });
      assert.equal(code, 'pim.own-use');
      assert.match(text, /somebody else has to look at it/);
    });
    it(`${verb} without a word after an emergency is sent back`, async () => {
      const sent = { ref: securitys.ref, comment: ' test asap please ' };
      const { code, text } = await attack('security', verb, sent, securitys.message);
      assert.equal(code, 'pim.look-back-comment');
      assert.match(text, /Ayumi Fernqvist/);
    });
  }

  for (const [person, why] of [
    ['finance', 'pim.not-owner'],
    ['guest', 'pim.no-guest-owner'],
  ] as const) {
    it(`${person}, who does not answer for the role, presses on a card of their own`, async () => {
      const ref = await smuggledCard(stage, person, {
        kind: 'pim.look-back',
        item: `activation:${activation}`,
      });
      const { code } = await attack(person, 'pim.expected', { ref, comment });
      assert.equal(code, why);
    });
  }

  it('words of their own in the card’s data are turned away', async () => {
    for (const more of [
      { answer: 'expected' },
      { byId: 'x' },
      { personId: 'x' },
      { done: 0 },
      { tell: [] },
    ]) {
      const { code } = await attack('security', 'pim.expected', { ref: securitys.ref, comment, ...more });
      assert.equal(code, 'flows.bad-input');
    }
  });

  it('two owners answer at once: the first one’s word stands, and the second reads it', async () => {
    const managers = await lookBackOf('manager');
    const before = (await stage.refusals()).length;
    const question = 'Why was the mail flow of the board touched at all?';
    const answers = await Promise.all([
      stage.press('security', securitys.message, 'pim.expected', { ref: securitys.ref, comment }),
      stage.press('manager', managers.message, 'pim.question', { ref: managers.ref, comment: question }),
    ]);
    assert.equal(await closings(), 1);
    const [one, other] = answers.map(readIn);
    const winner = /Ingrid Balasuntharam/.test(other ?? '') ? comment : question;
    for (const text of [one, other]) assert.ok(text?.includes(winner), text);
    assert.ok((await stage.refusals()).length - before <= 1);
  });

  it('pressed again, by either of them, nothing more happens', async () => {
    const before = await closings();
    for (const { person, ref } of [
      { person: 'security', ref: securitys.ref },
      { person: 'manager', ref: await refOfLookBack('manager') },
    ]) {
      const card = (await stage.roles(person)).id;
      const answer = await stage.press(person, card, 'pim.question', { ref, comment: `${comment} again` });
      assert.doesNotMatch(readIn(answer), /again/);
      cardOf(answer);
    }
    assert.equal(await closings(), before);
  });

  const refOfLookBack = async (person: string): Promise<string> => {
    const { ref } = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('kind', '=', 'pim.look-back')
      .where('person', '=', stage.idOf(person))
      .where('ref', 'not like', 'smuggled%')
      .executeTakeFirstOrThrow();
    return ref;
  };
});
