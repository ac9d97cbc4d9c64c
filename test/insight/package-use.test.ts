import assert from 'node:assert/strict';
import { day } from '../../src/base/clock.js';
import type { Held, RequestInfo } from '../../src/graph/entitlement.js';
import { packageUse, type Seen, type SignIn, type UseFacts } from '../../src/insight/package-use.js';
import { ago, held, now, request } from './some-use.js';

const seen = (signIn: SignIn, guest = false): Seen => ({ name: '', guest, signIn });
const at = (days: number): SignIn => ({ kind: 'at', at: ago(days) });

function use(facts: Partial<UseFacts>) {
  const whole = { held: [], requests: [], seen: new Map(), undecided: new Set<string>() };
  return packageUse({ ...whole, now, soon: 14 * day, unusedAfter: 90 * day, ...facts });
}

const idle = (one: Held, signIn: SignIn | undefined) => {
  const people = new Map(signIn === undefined ? [] : [[one.personId, seen(signIn)]]);
  return use({ held: [one], seen: people })
    .holders.map((holder) => holder.idle)
    .join();
};

describe('who has a package and does not use it', () => {
  it('is whoever has not signed in to anything since they got it', () => {
    assert.equal(idle(held('ada'), at(201)), 'never');
    assert.equal(idle(held('ada'), { kind: 'never' }), 'never');
  });

  it('is whoever has not signed in for so long', () => {
    assert.equal(idle(held('ada'), at(91)), 'long');
    assert.equal(idle(held('ada'), at(89)), '');
  });

  it('is nobody who had no time to use it', () => {
    assert.equal(idle(held('ada', { startsAt: ago(89) }), at(300)), '');
    assert.equal(idle(held('ada', { startsAt: ago(89) }), { kind: 'never' }), '');
  });

  it('is nobody of whom Entra does not tell the last sign-in', () => {
    assert.equal(idle(held('ada'), undefined), '');
    assert.equal(idle(held('ada'), { kind: 'unknown' }), '');
  });

  it('is told by the sign-in alone where Entra does not say since when they have it', () => {
    assert.equal(idle(held('ada', { startsAt: '' }), at(91)), 'long');
    assert.equal(idle(held('ada', { startsAt: '' }), { kind: 'never' }), 'never');
    assert.equal(idle(held('ada', { startsAt: '' }), at(1)), '');
  });
});

describe('who has a package', () => {
  it('is counted by person, with guests, and once where two pages overlap', () => {
    const found = use({
      held: [held('ada'), held('ada'), held('ben'), held('ben', { id: 'second' })],
      seen: new Map([['ben', seen(at(1), true)]]),
    });
    assert.deepEqual([found.people, found.guests, found.unknown, found.holders.length], [2, 1, 1, 3]);
  });

  it('ends soon within the longest notice, to the moment, and not where there is no end', () => {
    const until = (personId: string, ms: number) =>
      held(personId, { endsAt: new Date(now.getTime() + ms).toISOString() });
    const found = use({ held: [until('ada', 14 * day), until('ben', 14 * day + 1), held('cem')] });
    assert.deepEqual(
      found.holders.map(({ personId, endsSoon }) => [personId, endsSoon]),
      [
        ['ada', true],
        ['ben', false],
        ['cem', false],
      ],
    );
    assert.equal(found.endingSoon, 1);
  });

  it('is listed with those first who need a look', () => {
    const found = use({
      held: [
        held('zoe', { endsAt: ago(-3) }),
        held('ada'),
        held('ben'),
        held('cem'),
        held('dia', { endsAt: ago(-2) }),
      ],
      seen: new Map([
        ['ben', seen(at(100))],
        ['cem', seen({ kind: 'never' })],
      ]),
    });
    assert.deepEqual(
      found.holders.map(({ personId }) => personId),
      ['dia', 'zoe', 'cem', 'ben', 'ada'],
    );
  });

  it('may be thousands', () => {
    const many = Array.from({ length: 5000 }, (_, index) => held(`p${index}`));
    const people = new Map(many.map(({ personId }, index) => [personId, seen(at(index % 200))]));
    const found = use({ held: many, seen: people });
    assert.deepEqual([found.people, found.longUnused], [5000, 5000 * (109 / 200)]);
  });
});

describe('what became of requests', () => {
  const asking = (requests: readonly RequestInfo[], undecided: readonly string[] = []) =>
    use({ requests, undecided: new Set(undecided) }).asking;

  it('is counted by outcome; a denial that nobody made is another one', () => {
    const { outcomes, total } = asking([
      request('1'),
      request('2', { state: 'denied' }),
      request('3', { state: 'denied', status: 'ApprovalExpired' }),
      request('4', { state: 'canceled' }),
      request('5', { state: 'deliveryFailed' }),
      request('6', { state: 'partiallyDelivered' }),
      request('7', { state: 'pendingApproval' }),
      request('8', { state: 'scheduled' }),
      request('9', { state: 'inventedLater' }),
    ]);
    assert.equal(total, 9);
    assert.deepEqual(outcomes, {
      granted: 1,
      denied: 1,
      expired: 1,
      cancelled: 1,
      failed: 2,
      waiting: 1,
      working: 2,
    });
  });

  it('leaves out what nobody asked for', () => {
    for (const type of ['adminAdd', 'userRemove', 'systemRemove', 'adminUpdate', '']) {
      assert.equal(asking([request('1', { type })]).total, 0, type);
    }
    for (const type of ['userAdd', 'UserExtend', 'userUpdate', 'onBehalfAdd']) {
      assert.equal(asking([request('1', { type })]).total, 1, type);
    }
  });

  it('took so long: the middle and the longest of those that were decided', () => {
    const took = (id: string, hours: number, more: Partial<RequestInfo> = {}) =>
      request(id, { createdAt: ago(30), completedAt: ago(30 - hours / 24), ...more });
    const { decided, medianSeconds, longestSeconds } = asking([
      took('1', 1),
      took('2', 3, { state: 'denied' }),
      took('3', 100),
    ]);
    assert.deepEqual([decided, medianSeconds, longestSeconds], [3, 3 * 3600, 100 * 3600]);
    assert.equal(asking([took('1', 1), took('2', 2)]).medianSeconds, 1.5 * 3600);
  });

  it('tells no time of what nobody had to decide, nobody decided, or was to start later', () => {
    const none = [
      request('1', { policyId: 'free' }),
      request('2', { state: 'denied', status: 'Expired' }),
      request('3', { startsAt: ago(9) }),
      request('4', { state: 'deliveryFailed' }),
      request('5', { state: 'canceled' }),
      request('6', { createdAt: '' }),
      request('7', { completedAt: undefined }),
      request('8', { completedAt: ago(11) }),
    ];
    const { decided, medianSeconds, longestSeconds } = asking(none, ['free']);
    assert.deepEqual([decided, medianSeconds, longestSeconds], [0, undefined, undefined]);
    assert.equal(asking([request('9', { startsAt: ago(10) })]).decided, 1);
  });

  it('knows the oldest, and since when the oldest waits', () => {
    const { oldestAt, waitingSinceAt } = asking([
      request('1', { createdAt: ago(40) }),
      request('2', { state: 'pendingApproval', createdAt: ago(3) }),
      request('3', { state: 'pendingApproval', createdAt: ago(5) }),
      request('4', { state: 'submitted', createdAt: '' }),
    ]);
    assert.deepEqual([oldestAt, waitingSinceAt], [ago(40), ago(5)]);
    assert.deepEqual([asking([]).oldestAt, asking([]).waitingSinceAt], ['', '']);
  });
});
