import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

/** What others do in the portal: within a minute of the clock everybody’s card tells it. */
describe('decided, ended or asked for elsewhere', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  /** One minute, in the steps in which the bot looks. */
  const aMinute = async (): Promise<void> => {
    for (let step = 0; step < 3; step += 1) await stage.advance('PT20S');
  };

  for (const [key, approver, other] of [
    ['platform-admins', 'manager', 'appowner'],
    ['ai-admin', 'manager', 'security'],
  ] as const) {
    for (const word of ['approve', 'deny'] as const) {
      it(`${key}: somebody presses ${word} in the portal, and all cards settle within a minute`, async () => {
        const { id: mine } = await stage.activate('engineer', key);
        const cards = [await stage.decideCard(approver), await stage.decideCard(other)];
        const { id } = await stage.request('engineer', key);
        await stage.portal[word](other, id, 'Said in the portal');
        await aMinute();
        const by = other === 'appowner' ? 'Wanjiru Halvorsen' : 'Ingrid Balasuntharam';
        for (const [index, person] of [approver, other].entries()) {
          const card = cards[index]?.id ?? '';
          const says = word === 'approve' ? /^Approved/ : /^Denied/;
          const text = await stage.says(person, card, says);
          assert.ok(person === other ? /by you/.test(text) : text.includes(by), text);
          assert.ok(!hasButton((await stage.entry(person, card)).card, 'pim.approve'));
        }
        const text = await stage.says(
          'engineer',
          mine,
          word === 'approve' ? /^(Almost ready|Ready to use)/ : /^Denied/,
        );
        assert.ok(text.includes(by), text);
        assert.ok(text.includes('Said in the portal'), text);
      });
    }
  }

  it('asked for in the portal: its approvers have a card within a minute, and can decide it', async () => {
    for (const [key, person] of [
      ['platform-admins', 'manager'],
      ['groups-admin', 'security'],
    ] as const) {
      await stage.portal.ask('engineer', key);
      await aMinute();
      const card = await stage.decideCard(person);
      const answer = await stage.press(person, card.id, 'pim.approve', { comment: 'I know of it, go ahead' });
      assert.match(cardText(answer.value), /^Approved by you/);
    }
  });

  it('taken back in the portal: no card can be decided any more', async () => {
    const { id: mine } = await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    await stage.portal.cancel('engineer', (await stage.request('engineer', 'platform-admins')).id);
    await aMinute();
    await stage.says('manager', card.id, /^Taken back/);
    await stage.says('engineer', mine, /^Taken back/);
  });

  it('ended in the portal: the card says so within a minute', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin');
    await stage.says('engineer', id, /^Ready to use/);
    await stage.advance('PT6M');
    await stage.portal.end('engineer', 'exchange-admin');
    await aMinute();
    await stage.says('engineer', id, /^Ended/);
  });

  it('an emergency role that was activated in the portal is told of within a minute', async () => {
    await stage.portal.ask('engineer', 'security-admin');
    await aMinute();
    await stage.card(
      'security',
      /Security Administrator[\s\S]*Ayumi Fernqvist|Ayumi Fernqvist[\s\S]*Security Administrator/,
    );
  });
});
