import assert from 'node:assert/strict';
import { cardActions, cardText } from '../../support/card-text.js';
import { dataOf, hasButton } from '../../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../../support/packages-stage.js';
import type { Portal } from '../../support/portal.js';
import { until } from '../../support/until.js';

const reason = 'Looking for known attacks before project Nord goes live';
const word = 'The work is planned, and I know the data';

describe('a request that is decided in two stages', () => {
  let stage: PackagesStage;
  let portal: Portal;
  before(async () => {
    stage = await openPackagesStage();
    portal = stage.portal;
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  const asked = async () => {
    const request = await portal.ask('engineer', 'redteam', reason);
    await stage.advance('PT1M');
    return { request, manager: await stage.card('manager', /asks for access/) };
  };
  const has = async (person: string, fits: RegExp) =>
    (await stage.timeline(person)).some(({ card }) => card !== undefined && fits.test(cardText(card)));
  const press = async (
    person: string,
    card: Awaited<ReturnType<PackagesStage['card']>>,
    verb: string,
    comment: string,
  ) => cardText((await stage.press(person, card.id, verb, { ...dataOf(card.card, verb), comment })).value);

  it('asks the second stage after the first, with what was said there, and then escalates', async () => {
    const { manager } = await asked();
    assert.match(cardText(manager.card), /1 of 2/);
    assert.match(cardText(manager.card), /Attack Archive/);
    assert.equal(await has('security', /asks for access/), false);

    assert.match(await press('manager', manager, 'packages.approve', word), /^Approved for now by you/);
    const security = await stage.card('security', /asks for access/);
    assert.match(cardText(security.card), /2 of 2/);
    assert.match(
      cardText(security.card),
      new RegExp(String.raw`approved by Olumide Castellane[\s\S]*${word}`),
    );
    await stage.card('manager', /Now with Ingrid Balasuntharam/);
    assert.equal(await has('appowner', /asks for access/), false);

    await stage.advance('P2DT1M');
    const appowner = await stage.card('appowner', /because nobody decided in time/);
    await press('appowner', appowner, 'packages.deny', 'Not before the audit');
    await stage.card('security', /^Denied by Wanjiru Halvorsen/);
    assert.equal((await portal.newest('engineer')).state, 'denied');
  });

  it('wants the approver’s word where the stage does', async () => {
    const { manager } = await asked();
    await press('manager', manager, 'packages.approve', word);
    const security = await stage.card('security', /asks for access/);
    assert.match(
      await press('security', security, 'packages.approve', ''),
      /A word to the requester is needed/,
    );
    assert.match(await press('security', security, 'packages.approve', word), /^Approved by you/);
  });

  it('follows a first stage that was approved in the portal, by the audit log', async () => {
    const { request, manager } = await asked();
    await portal.approve('manager', request, word);
    await stage.advance('PT10M');
    const security = await stage.card('security', /asks for access/);
    assert.match(cardText(security.card), /approved by Olumide Castellane/);
    const settled = async () =>
      cardText((await stage.timeline('manager')).find(({ id }) => id === manager.id)?.card);
    await until('the manager’s card to settle', async () => /^Approved for now by you/.test(await settled()));
  });

  it('learns from the card of an approver who looks before the log tells', async () => {
    const { request, manager } = await asked();
    await portal.approve('manager', request, word);
    assert.match(await press('manager', manager, 'packages.deny', 'Too late'), /^Approved for now by you/);
    await stage.card('security', /asks for access/);
  });

  it('reminds with a new message that stays one, and warns before Entra denies it', async () => {
    const { manager } = await asked();
    await stage.advance('P4D');
    const again = await stage.card('manager', /This still waits for you\.(?!\*)/);
    assert.notEqual(again.id, manager.id);
    assert.ok(hasButton(again.card, 'packages.approve'));
    assert.match(await stage.settledText('manager', again.id), /This still waits for you\.(?!\*)/);
    await stage.advance('P9DT1H');
    const last = await stage.card('manager', /If nobody decides by .* Entra denies it by itself/);
    assert.notEqual(last.id, again.id);
    assert.match(
      await stage.settledText('manager', last.id),
      /If nobody decides by .* Entra denies it by itself/,
    );
  });

  it('is found by asking what waits, and opens on a card of its own', async () => {
    await asked();
    const [entry] = (await stage.timeline('manager')).filter(({ card }) => card !== undefined);
    const list = await stage.press('manager', entry?.id ?? '', 'packages.approvals', {});
    assert.match(cardText(list.value), /1 request waits for you[\s\S]*AI red team data/);
    const [row] = cardActions(list.value).filter(({ verb }) => verb === 'packages.approval');
    const opened = await stage.press('manager', entry?.id ?? '', 'packages.approval', { ...row?.data });
    assert.match(cardText(opened.value), /1 of 2/);
    await stage.say('appowner', 'help');
    const help = (await stage.timeline('appowner')).findLast(({ card }) => card !== undefined);
    const stranger = await stage.press('appowner', help?.id ?? '', 'packages.approval', { ...row?.data });
    assert.match(JSON.stringify(stranger.value), /does not wait for you/);
  });
});
