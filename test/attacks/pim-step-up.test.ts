import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { readIn } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import type { Entry, InvokeAnswer } from '../support/remote-control.js';

const typed = { minutes: '60', reason: goodReason, ticketSystem: 'ServiceNow', ticketNumber: 'INC-4711' };

/** AI Administrator takes a stronger sign-in. What comes out of its window counts once, and for one person. */
describe('attacks on the stronger sign-in for a role', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(async () => {
    await stage.reset();
    // What somebody met in a window is remembered in memory only, and must not help the next test.
    await stage.restartBot();
    await stage.post('/pim/eligible', { person: 'security', target: 'ai-admin', eligible: true });
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  /** A form whose button has just been answered with the demand. */
  const demanded = async (person: string): Promise<Entry> => {
    const { id } = await stage.form(person, 'ai-admin');
    const { statusCode } = await stage.press(person, id, 'pim.ask', typed);
    assert.equal(statusCode, 401);
    assert.equal((await stage.staged()).requests.length, 0);
    return stage.entry(person, id);
  };
  const signIn = (person: string, { id }: Entry, state: string) =>
    stage.post<InvokeAnswer>(`/people/${person}/cards/${id}/sign-in`, { state });
  const asked = async () => (await stage.staged()).requests.map(({ person }) => person);

  it('somebody else’s window opens nothing, and spends nothing', async () => {
    const [engineers, securitys] = [await demanded('engineer'), await demanded('security')];
    const state = await walked(engineers, 'engineer');
    const stolen = await signIn('security', securitys, state);
    assert.notEqual(stolen.statusCode, 200, readIn(stolen));
    assert.deepEqual(await asked(), []);
    const own = await signIn('engineer', engineers, state);
    assert.match(readIn(own), /^Waiting for approval/);
    assert.deepEqual(await asked(), [stage.idOf('engineer')]);
  });

  it('a window that somebody else went through opens nothing', async () => {
    const engineers = await demanded('engineer');
    const state = await walked(engineers, 'finance');
    const answer = await signIn('engineer', engineers, state);
    assert.notEqual(answer.statusCode, 200, readIn(answer));
    assert.deepEqual(await asked(), []);
  });

  it('what came out of a window opens nothing a second time', async () => {
    const engineers = await demanded('engineer');
    const state = await walked(engineers, 'engineer');
    await signIn('engineer', engineers, state);
    assert.equal((await asked()).length, 1);
    await stage.press('engineer', engineers.id, 'pim.cancel');
    // Another instance, or the same one later: it remembers nobody’s stronger sign-in.
    await stage.restartBot();
    const again = await demandedAgain(engineers.id);
    const replayed = await signIn('engineer', again, state);
    assert.notEqual(replayed.type, 'application/vnd.microsoft.card.adaptive', readIn(replayed));
    assert.equal((await asked()).length, 1);
  });

  const demandedAgain = async (old: string): Promise<Entry> => {
    const { id } = await stage.form('engineer', 'ai-admin');
    assert.notEqual(id, old);
    const { statusCode } = await stage.press('engineer', id, 'pim.ask', typed);
    assert.equal(statusCode, 401);
    return stage.entry('engineer', id);
  };

  const changes: readonly (readonly [string, (state: string) => string])[] = [
    [
      'a letter changed',
      (state) => `${state.slice(0, 40)}${state[40] === 'A' ? 'B' : 'A'}${state.slice(41)}`,
    ],
    ['its end cut off', (state) => state.slice(0, -12)],
    ['something behind it', (state) => `${state}AAAA`],
    ['nothing left', () => '.'],
    ['a code as it comes from the sign-in service', () => '0.AXkA-code'],
    ['a string without an end', () => 'A'.repeat(20_000)],
  ];
  it('what came out of a window and was changed opens nothing', async () => {
    const engineers = await demanded('engineer');
    const state = await walked(engineers, 'engineer');
    // The page handed it over to a client that never brings it: only the changed ones come along.
    await stage.restartBot();
    await stage.press('engineer', engineers.id, 'pim.ask', typed);
    for (const [what, change] of changes) {
      const answer = await signIn('engineer', await stage.entry('engineer', engineers.id), change(state));
      assert.notEqual(answer.statusCode, 200, `${what}: ${readIn(answer)}`);
      assert.deepEqual(await asked(), [], what);
    }
  });

  it('a token without the stronger sign-in opens nothing, however often it is pressed', async () => {
    const engineers = await demanded('engineer');
    for (let press = 0; press < 3; press += 1) {
      const { statusCode } = await stage.press('engineer', engineers.id, 'pim.ask', typed);
      assert.equal(statusCode, 401);
    }
    assert.deepEqual(await asked(), []);
  });

  /** Through the window by hand; answers what its last page hands over. */
  async function walked({ prompt }: Entry, person: string): Promise<string> {
    const start = await fetch(prompt?.url ?? '', { redirect: 'manual' });
    const consent = new URL(start.headers.get('location') ?? '');
    const form = { request: consent.search.slice(1), person, answer: 'accept' };
    const sent = { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' } as const;
    const accepted = await fetch(consent, sent);
    const page = await (await fetch(accepted.headers.get('location') ?? '')).text();
    return / data-state="([\w.~-]+)"/.exec(page)?.[1] ?? assert.fail(page);
  }
});
