import assert from 'node:assert/strict';
import { chatUsers, connectorOperators, researchArchive, stalePilot } from '../../practice/world/groups.js';
import { seedByKey } from '../../practice/world/reviews/seeds.js';
import {
  contactedReviewers,
  createReview,
  type DecisionInfo,
  decideMany,
  decideOne,
  decisionById,
  decisionPages,
  decisionsByIds,
  instancesOf,
  myDecisions,
  myInstances,
  myReviews,
  myStages,
  type ReviewPlace,
  resetOne,
  reviewDefinition,
  reviewDefinitions,
  stagesOf,
  undecided,
} from '../../src/graph/access-review.js';
import { collect } from '../../src/graph/collect.js';
import type { GraphAs, GraphReader } from '../../src/graph/graph.js';
import { until } from '../support/until.js';
import { newReview } from './new-review.js';
import { idOf, openPracticeGraph, type PracticeGraph } from './practice-graph.js';

const write = 'AccessReview.ReadWrite.All';

describe('access reviews, with the rights of the reviewer', () => {
  let practice: PracticeGraph;
  let reader: GraphReader;
  let manager: GraphAs;

  beforeEach(async () => {
    practice = await openPracticeGraph();
    reader = practice.reader;
    manager = await practice.as('manager', write);
  });
  afterEach(() => practice.close());

  /** Begins a review of the tenant and waits until it can be decided. */
  const begin = async (key: string): Promise<ReviewPlace> => {
    const started = await practice.visit.control('POST', '/reviews/start', { reviews: [key] });
    assert.equal(started.status, 200);
    const definitionId = seedByKey(key)?.definition.id ?? assert.fail(`no review ${key}`);
    return until('the review to begin', async () => {
      const instances = (await instancesOf(reader, [definitionId])).get(definitionId) ?? [];
      const running = instances.find(({ status }) => status === 'InProgress');
      return running && { definitionId, instanceId: running.id };
    });
  };
  const all = (place: ReviewPlace): Promise<readonly DecisionInfo[]> =>
    collect(decisionPages(reader, place), (page) => page).then((pages) => pages.flat());

  it('are found by the bot, with who was asked and what is still open', async () => {
    const place = await begin('chat-users');
    const review = await reviewDefinition(reader, place.definitionId);
    assert.deepEqual(review.scope, { kind: 'group', id: chatUsers.id });
    assert.deepEqual(review.settings.recurrence, { every: 3, unit: 'month' });
    assert.deepEqual([review.selfReview, review.byManager, review.stages], [false, false, []]);
    const running: string[] = [];
    for await (const page of reviewDefinitions(reader, 'InProgress'))
      running.push(...page.map(({ id }) => id));
    assert.deepEqual(running, [place.definitionId]);
    const asked = (await contactedReviewers(reader, [place])).get(place.instanceId) ?? [];
    assert.deepEqual(
      asked.map(({ id }) => id),
      [idOf('manager')],
    );
    assert.ok(asked.every(({ name, since }) => name !== '' && since !== ''));
    const items = await all(place);
    assert.ok(items.length > 3);
    assert.equal((await undecided(reader, [place])).get(place.instanceId), items.length);
  });

  it('are shown to the reviewer a page at a time, with facts', async () => {
    const place = await begin('chat-users');
    assert.deepEqual(
      (await myReviews(manager)).map(({ id }) => id),
      [place.definitionId],
    );
    const instances = await myInstances(manager, [place.definitionId]);
    assert.ok(instances.get(place.definitionId)?.some(({ id }) => id === place.instanceId));
    const first = await myDecisions(manager, place, { top: 2, insights: true });
    const second = await myDecisions(manager, place, { top: 2, skip: 2, insights: true });
    assert.equal(first.items.length, 2);
    assert.equal(first.count, (await all(place)).length);
    assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 4);
    const everybody = (await myDecisions(manager, place, { top: 100, insights: true })).items;
    const kinds = new Set(everybody.map(({ lastSignIn }) => lastSignIn?.kind));
    assert.deepEqual(kinds, new Set(['at', undefined]));
    assert.ok(
      everybody.every(({ principal, resource }) => principal.id !== '' && resource?.id === chatUsers.id),
    );
    const against = await myDecisions(manager, place, { top: 100, recommendation: 'Deny' });
    assert.equal(against.count, everybody.filter(({ recommendation }) => recommendation === 'Deny').length);
    const [someone] = everybody;
    const alone = await myDecisions(manager, place, { top: 1, principalId: someone?.principal.id ?? '' });
    assert.deepEqual(
      alone.items.map(({ id }) => id),
      [someone?.id],
    );
  });

  it('are decided and read back, one and several', async () => {
    const place = await begin('chat-users');
    const { items } = await myDecisions(manager, place, { top: 4 });
    const [one = assert.fail('nobody to decide about'), ...rest] = items;
    await decideOne(manager, place, one.id, { decision: 'Approve', justification: 'Uses it every week.' });
    const decided = await decisionById(manager, place, one.id);
    assert.deepEqual(
      [decided.decision, decided.justification, decided.reviewedBy?.id],
      ['Approve', 'Uses it every week.', idOf('manager')],
    );
    assert.ok(decided.reviewedAt !== undefined);
    const wishes = [...rest.map(({ id }) => id), '00000000-0000-4000-8000-000000000009'].map((id) => ({
      id,
      decision: 'Deny' as const,
      justification: 'As Entra recommends.',
    }));
    const answers = await decideMany(manager, place, wishes);
    assert.deepEqual(
      answers.map(({ kind }) => kind),
      ['ok', 'ok', 'ok', 'failed'],
    );
    const after = await decisionsByIds(
      manager,
      place,
      wishes.map(({ id }) => id),
    );
    assert.deepEqual(
      after.map(({ decision }) => decision),
      ['Deny', 'Deny', 'Deny'],
    );
    assert.equal((await undecided(reader, [place])).get(place.instanceId), (await all(place)).length - 4);
  });

  it('are taken back for one person and leave the others as they are', async () => {
    const settings = await practice.visit.control('POST', '/reviews/settings', { reviewersMayReset: true });
    assert.equal(settings.status, 200);
    const place = await begin('chat-users');
    const { items } = await myDecisions(manager, place, { top: 2 });
    for (const { id } of items)
      await decideOne(manager, place, id, { decision: 'Deny', justification: 'Has left us.' });
    const [one, other] = items;
    await resetOne(manager, place, {
      principalId: one?.principal.id ?? '',
      resourceId: one?.resource?.id ?? '',
    });
    const after = await decisionsByIds(manager, place, [one?.id ?? '', other?.id ?? '']);
    assert.deepEqual(
      after.map(({ decision, reviewedBy }) => [decision, reviewedBy?.id]),
      [
        ['NotReviewed', undefined],
        ['Deny', idOf('manager')],
      ],
    );
  });

  it('are nobody else’s to decide', async () => {
    const place = await begin('chat-users');
    const stranger = await practice.as('finance', write);
    const [item] = await all(place);
    assert.deepEqual((await myReviews(stranger)).length, 0);
    assert.equal((await myDecisions(stranger, place, { top: 10 })).items.length, 0);
    await assert.rejects(
      decideOne(stranger, place, item?.id ?? '', { decision: 'Approve', justification: 'For my friend.' }),
      { code: 'graph.forbidden' },
    );
    assert.equal((await decisionById(reader, place, item?.id ?? '')).decision, 'NotReviewed');
  });

  it('of several stages are decided in the stage that runs', async () => {
    const place = await begin('connector-operators');
    const owner = await practice.as('appowner', write);
    const review = await reviewDefinition(reader, place.definitionId);
    assert.deepEqual([review.stages.length, review.scope], [2, { kind: 'group', id: connectorOperators.id }]);
    const [stage, ...later] = await stagesOf(reader, place);
    assert.deepEqual([stage?.status, later], ['InProgress', []]);
    assert.deepEqual(
      (await myStages(owner, place)).map(({ id }) => id),
      [stage?.id],
    );
    const here = { ...place, stageId: stage?.id ?? '' };
    const { items, count } = await myDecisions(owner, here, { top: 10 });
    assert.ok(count === items.length && count > 0);
    assert.equal((await undecided(reader, [here])).get(place.instanceId), (await all(here)).length);
    const other = items.find(({ principal }) => principal.id !== idOf('appowner'));
    await decideOne(owner, here, other?.id ?? '', { decision: 'DontKnow', justification: 'New to me.' });
    assert.equal((await decisionById(owner, here, other?.id ?? '')).decision, 'DontKnow');
  });

  it('of one’s own access need no reviewer', async () => {
    const place = await begin('pilot');
    const review = await reviewDefinition(reader, place.definitionId);
    assert.deepEqual([review.selfReview, review.scope.id], [true, stalePilot.id]);
    const engineer = await practice.as('engineer', write);
    const { items } = await myDecisions(engineer, place, { top: 10 });
    assert.deepEqual(
      items.map(({ principal }) => principal.id),
      [idOf('engineer')],
    );
  });

  it('of a thousand people cost the same a page', async () => {
    const place = await begin('archive');
    const owner = await practice.as('appowner', write);
    const page = await myDecisions(owner, place, { top: 10, skip: 900, insights: true });
    assert.equal(page.items.length, 10);
    assert.ok((page.count ?? 0) >= 1000);
    assert.equal((await all(place)).length, page.count);
    const { items } = await myDecisions(owner, place, { top: 100, insights: true });
    const kinds = new Set(items.map(({ lastSignIn }) => lastSignIn?.kind));
    assert.deepEqual(kinds, new Set(['at', 'never', undefined]));
    assert.deepEqual(new Set(items.map(({ outlier }) => outlier)), new Set([true, undefined]));
    assert.equal((await reviewDefinition(reader, place.definitionId)).scope.id, researchArchive.id);
  });

  it('are set up by an administrator, and by nobody else', async () => {
    const id = await createReview(await practice.as('security', write), newReview);
    const made = await reviewDefinition(reader, id);
    assert.deepEqual(
      [made.name, made.scope, made.createdBy?.id, made.settings.recurrence],
      [
        newReview.displayName,
        { kind: 'group', id: connectorOperators.id },
        idOf('security'),
        { every: 1, unit: 'month' },
      ],
    );
    await assert.rejects(createReview(await practice.as('finance', write), newReview), {
      code: 'graph.forbidden',
    });
  });
});
