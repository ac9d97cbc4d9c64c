import assert from 'node:assert/strict';
import { day } from '../../../src/base/clock.js';
import { isAppError } from '../../../src/base/errors.js';
import { type CollectedUse, collectUse, type UseSources } from '../../../src/flows/packages/owned/collect.js';
import { ownedCard } from '../../../src/flows/packages/owned/owned-card.js';
import { spanText } from '../../../src/flows/packages/owned/span-text.js';
import { graphError } from '../../../src/graph/errors.js';
import { asSeen, lastSignIns } from '../../../src/graph/last-sign-ins.js';
import { starterPolicy } from '../../policy/starter-policy.js';
import { silentLog } from '../../support/silent-log.js';
import { type Fake, fake, person } from './fake-lists.js';

const now = new Date('2026-11-21T12:00:00Z');
const ago = (days: number): string => new Date(now.getTime() - days * day).toISOString();
const packageId = '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c22';
const start = starterPolicy();
const policy = {
  ...start,
  packages: { ...start.packages, notices: [14 * day, day], unusedAfter: 90 * day, owners: {} },
};

const assignment = (index: number, endsAt: string | null = null) => ({
  id: `a${index}`,
  state: 'delivered',
  target: { objectId: person(index), displayName: `Person ${index}` },
  schedule: { startDateTime: ago(200), expiration: { type: 'afterDateTime', endDateTime: endsAt } },
});

const pagesOf = (count: number, size = 100) =>
  Array.from({ length: Math.ceil(count / size) }, (_, page) =>
    Array.from({ length: Math.min(size, count - page * size) }, (_, index) =>
      assignment(page * size + index),
    ),
  );

/** Everybody signed in so many days ago as their number says. */
const signedIn = (path: string) => ({
  value: [...path.matchAll(/'([0-9a-f-]{36})'/g)].map(([, id = '']) => ({
    id,
    displayName: `Person ${Number(id.slice(-12))}`,
    userType: Number(id.slice(-12)) === 0 ? 'Guest' : 'Member',
    signInActivity: { lastSuccessfulSignInDateTime: ago(Number(id.slice(-12))) },
  })),
});

function collect(lists: Fake, people: Fake, more: Partial<UseSources> = {}): Promise<CollectedUse> {
  const readers = { lists: lists.reader, people: people.reader };
  return collectUse({ ...readers, policy, packageId, now, log: silentLog, late: () => false, ...more });
}

describe('the use of a package', () => {
  it('is about everybody who has it, be they two thousand', async () => {
    const people = fake({}, signedIn);
    const use = await collect(fake({ '/assignments': pagesOf(2000) }), people);
    assert.deepEqual([use.people, use.guests, use.holders.length], [2000, 1, 2000]);
    // 91 to 199 days ago, and 201 and more: before they got it.
    assert.deepEqual([use.longUnused, use.neverUsed, use.unknown], [110, 1799, 0]);
    assert.deepEqual(use.cut, { holders: false, requests: false });
    assert.ok(people.asked.every((path) => path.startsWith('/users?')));
  });

  it('shows ten people a page, and the last page for one that is gone', async () => {
    const use = await collect(fake({ '/assignments': pagesOf(25) }), fake({}, signedIn));
    const about = { id: packageId, name: 'AI', description: '', catalogId: undefined };
    const page = (skip: number) => {
      const view = Object(ownedCard(policy, about, use, skip).view);
      return [view.holders.length, view.first, view.last, view.held, view.previous, view.next];
    };
    assert.deepEqual(page(0), [10, 1, 10, 25, -1, 10]);
    assert.deepEqual(page(10), [10, 11, 20, 25, 0, 20]);
    assert.deepEqual(page(20), [5, 21, 25, 25, 10, -1]);
    assert.deepEqual(page(1_000_000), page(20));
  });

  it('is cut and says so where there are more than are read, or there is no time', async () => {
    const many = await collect(fake({ '/assignments': pagesOf(5200) }), fake({}, signedIn));
    assert.deepEqual([many.people, many.cut.holders], [5000, true]);
    const whole = await collect(fake({ '/assignments': pagesOf(5000) }), fake({}, signedIn));
    assert.deepEqual([whole.people, whole.cut.holders], [5000, false]);
    const late = { late: () => true };
    const slow = await collect(fake({ '/assignments': pagesOf(250) }), fake({}, signedIn), late);
    assert.deepEqual([slow.people, slow.cut.holders], [100, true]);
  });

  it('is not told to whom Entra does not show who has it, and nobody’s sign-in is read', async () => {
    const people = fake({}, signedIn);
    const lists = fake({ '/assignments': [graphError('graph.forbidden')] });
    await assert.rejects(
      collect(lists, people),
      (error) => isAppError(error) && error.code === 'packages.owned-closed',
    );
    assert.deepEqual(people.asked, []);
  });

  it('does without requests and sign-ins that cannot be read just now, and says so', async () => {
    const lists = fake({
      '/assignments': pagesOf(3),
      '/assignmentRequests': [graphError('graph.unavailable')],
    });
    const broken = fake({}, () => graphError('graph.unavailable'));
    const use = await collect(lists, broken);
    assert.deepEqual(use.missing, { signIns: true, requests: true });
    assert.deepEqual([use.people, use.neverUsed + use.longUnused], [3, 0]);
  });

  it('does not do without a sign-in that the reader themself has to make', async () => {
    const error = Object.assign(graphError('graph.unavailable'), { retry: 'sign-in' });
    const lists = fake({ '/assignments': pagesOf(1), '/assignmentRequests': [error] });
    await assert.rejects(collect(lists, fake({}, signedIn)), (thrown) => thrown === error);
  });

  it('does not count the time of requests that nobody had to decide', async () => {
    const request = (id: string, policyId: string) => ({
      id,
      requestType: 'userAdd',
      state: 'delivered',
      createdDateTime: ago(3),
      completedDateTime: ago(2),
      requestor: { objectId: person(1) },
      assignment: { id: `of-${id}`, assignmentPolicy: { id: policyId } },
    });
    const stage = { primaryApprovers: [] };
    const lists = fake({
      '/assignments': pagesOf(1),
      '/assignmentRequests': [[request('1', 'asks'), request('2', 'free')]],
      '/assignmentPolicies': [
        [
          { id: 'asks', requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [stage] } },
          { id: 'free', requestApprovalSettings: { isApprovalRequiredForAdd: false, stages: [] } },
        ],
      ],
    });
    const { asking } = await collect(lists, fake({}, signedIn));
    assert.deepEqual([asking.total, asking.decided, asking.medianSeconds], [2, 1, 24 * 3600]);
  });
});

describe('last sign-ins', () => {
  it('are asked for fifteen people at a time, each once', async () => {
    const graph = fake({}, signedIn);
    const ids = Array.from({ length: 31 }, (_, index) => person(index));
    const seen = await lastSignIns(graph.reader, [...ids, ...ids.map((id) => id.toUpperCase()), '']);
    assert.deepEqual([seen.size, graph.asked.length], [31, 3]);
    assert.deepEqual(seen.get(person(7))?.signIn, { kind: 'at', at: ago(7) });
  });

  it('are not known where Entra does not give them; who is a guest still is', async () => {
    const graph = fake({}, (path) =>
      path.includes('signInActivity') ? graphError('graph.forbidden') : signedIn(path),
    );
    const seen = await lastSignIns(graph.reader, [person(0)]);
    assert.deepEqual(seen.get(person(0)), {
      name: 'Person 0',
      guest: true,
      signIn: { kind: 'unknown' },
    });
  });

  it('are the last that succeeded, else the last try, else none', () => {
    const of = (signInActivity?: unknown) => asSeen({ id: 'A', signInActivity }).seen.signIn;
    const [success, byHand, byItself] = [ago(5), ago(3), ago(1)];
    const tries = { lastSignInDateTime: byHand, lastNonInteractiveSignInDateTime: byItself };
    assert.deepEqual(of({ ...tries, lastSuccessfulSignInDateTime: success }), { kind: 'at', at: success });
    assert.deepEqual(of({ ...tries, lastSuccessfulSignInDateTime: null }), { kind: 'at', at: byItself });
    assert.deepEqual(of({ lastSignInDateTime: '0001-01-01T00:00:00Z' }), { kind: 'never' });
    for (const nothing of [undefined, null, {}]) assert.deepEqual(of(nothing), { kind: 'never' });
  });
});

describe('how long something took', () => {
  it('is said in the biggest unit there are two of', () => {
    const words = [0, 59, 60, 90, 7199, 7200, 86_400, 172_799, 172_800, 864_000].map(spanText);
    assert.deepEqual(words, [
      'less than a minute',
      'less than a minute',
      '1 minute',
      '2 minutes',
      '120 minutes',
      '2 hours',
      '24 hours',
      '48 hours',
      '2 days',
      '10 days',
    ]);
  });
});
