import assert from 'node:assert/strict';
import { people } from '../../practice/world/people.js';
import { askFor } from '../support/ask-for.js';
import { hasButton } from '../support/on-card.js';
import { goodReason, openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import type { Portal } from '../support/portal.js';
import { until } from '../support/until.js';

const idOf = (key: string): string => people.find((person) => person.key === key)?.id ?? '';

/** What happens in the portal is found by looking; looking must survive one request that cannot be read. */
describe('requests and decisions made in the portal', () => {
  let stage: PackagesStage;
  let portal: Portal;
  beforeEach(async () => {
    stage = await openPackagesStage();
    portal = stage.portal;
  });
  afterEach(() => stage.close());

  const inState = (person: string, state: string) =>
    until(
      `a request of ${person} that is ${state}`,
      async () => (await portal.newest(person)).state === state,
    );
  const decidable = async (person: string, id: string) =>
    hasButton((await stage.timeline(person)).find((entry) => entry.id === id)?.card, 'packages.approve');

  it('a request made there reaches its approver within a minute, and so does its withdrawal', async () => {
    const request = await portal.ask('engineer', 'standard', goodReason);
    await inState('engineer', 'pendingApproval');
    await stage.advance('PT1M');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await portal.cancel('engineer', request);
    await stage.advance('PT1M');
    await until('a card without buttons', async () => !(await decidable('manager', card.id)));
    assert.match(await stage.text('manager', card.id), /^Cancelled/);
  });

  it('a decision made there settles every card, and names no approver it does not know', async () => {
    const mine = await askFor(stage, 'engineer', 'the elevated connectors');
    const one = await stage.card('security', /Ayumi Fernqvist asks/);
    const two = await stage.card('appowner', /Ayumi Fernqvist asks/);
    await portal.decide('security', (await portal.newest('engineer')).id, 'Deny', 'Training first');
    await stage.advance('PT1M');
    await until('both cards to be final', async () => {
      return !(await decidable('security', one.id)) && !(await decidable('appowner', two.id));
    });
    await until('the requester to be told', async () =>
      /^Denied/.test(await stage.text('engineer', mine.id)),
    );
    assert.match(await stage.text('appowner', two.id), /^Denied\n/);
  });

  it('after 14 days without a decision everybody reads that nobody decided', async () => {
    const mine = await askFor(stage, 'engineer', 'the research assistant');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await stage.advance('P14DT1M');
    await until('a card without buttons', async () => !(await decidable('manager', card.id)));
    assert.match(await stage.text('manager', card.id), /^Not decided in time/);
    await until('the requester to be told', async () =>
      /^Not decided in time/.test(await stage.text('engineer', mine.id)),
    );
  });

  it('one request whose approver is gone from the directory does not hide all the others', async () => {
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: `/users/${idOf('security')}` },
      do: { status: 404 },
      times: 10_000,
    });
    await portal.ask('finance', 'standard', goodReason);
    await portal.ask('engineer', 'elevated', goodReason);
    await portal.ask('starter', 'standard', goodReason);
    await inState('starter', 'pendingApproval');
    await stage.advance('PT1M');
    await stage.card('manager', /Leilani Brandvold asks/);
    await stage.card('manager', /Noor Achterberg asks/);
  });

  it('one approver who is gone from the directory does not keep the request from the other', async () => {
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: `/users/${idOf('security')}` },
      do: { status: 404 },
      times: 10_000,
    });
    await portal.ask('engineer', 'elevated', goodReason);
    await inState('engineer', 'pendingApproval');
    await stage.advance('PT1M');
    await stage.card('appowner', /Ayumi Fernqvist asks/);
  });

  it('a throttled sweep does not hold up the cards of a decision made in the bot', async () => {
    const mine = await askFor(stage, 'engineer', 'the elevated connectors');
    const one = await stage.card('security', /Ayumi Fernqvist asks/);
    const two = await stage.card('appowner', /Ayumi Fernqvist asks/);
    const sweep = { service: 'graph', method: 'GET', path: "state eq 'pendingApproval'" };
    await stage.fault({ match: sweep, do: { status: 429, retryAfter: 15 }, times: 10 });
    await stage.advance('PT1M');
    await until('a throttled sweep', async () =>
      (await stage.requests('graph')).some(({ status }) => status === 429),
    );
    await stage.press('security', one.id, 'packages.approve', { comment: 'Fine' });
    await until('the other approver’s card to be final', async () => !(await decidable('appowner', two.id)));
    assert.match(await stage.text('engineer', mine.id), /^(Being set up|You have access)/);
  });

  it('after a reset that turns the clock back, requests made in the portal are still found', async () => {
    await stage.advance('P2D');
    await until('a sweep at the later time', async () => {
      const job = await stage
        .store()
        .db.selectFrom('jobs')
        .select('run_at')
        .where('kind', '=', 'packages.sweep');
      return (await job.executeTakeFirstOrThrow()).run_at > Date.now() + 86_400_000;
    });
    await stage.reset();
    await portal.ask('engineer', 'standard', goodReason);
    await inState('engineer', 'pendingApproval');
    await stage.advance('PT1M');
    await stage.card('manager', /Ayumi Fernqvist asks/);
  });
});
