import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { connectorOperators, platformAdmins } from '../../practice/world/groups.js';
import { type Visit, visitPractice } from '../practice/visit.js';
import { type RemoteControl, remoteControl } from '../support/remote-control.js';
import { openReviewPortal } from '../support/review-portal.js';
import { type StartedReview, startReview } from '../support/started-review.js';
import { tempFolder } from '../support/temp-folder.js';
import { runScript } from './run-script.js';

const qualityRows = z.object({
  reviews: z.array(
    z.looseObject({ review: z.string(), instance: z.string(), kept: z.number(), undecided: z.number() }),
  ),
});
const planRows = z.object({
  groups: z.array(z.looseObject({ group: z.string(), enough: z.boolean(), has: z.string() })),
});

describe('npm run reviews', () => {
  const folder = tempFolder();
  let visit: Visit;
  let remote: RemoteControl;
  let review: StartedReview;
  before(async () => {
    visit = await visitPractice();
    remote = remoteControl(visit.url);
    review = await startReview(remote, 'platform-admins');
    const portal = openReviewPortal(visit.url);
    const place = { definition: review.id, instance: review.instanceId };
    const [item] = await portal.mine('security', place.definition, place.instance);
    assert.ok(item);
    const justification = 'Keeps the platform running at night';
    await portal.decide('security', { ...place, id: item.id }, { decision: 'Approve', justification });
  });
  after(async () => {
    await visit.close();
    folder.remove();
  });

  const run = (...args: readonly string[]) =>
    runScript('reviews', { practiceUrl: visit.url, data: folder.path }, args);

  it('quality: the newest review of every series, in words', async () => {
    const { code, out } = await run('quality');
    assert.equal(code, 0);
    assert.match(out, /AI Platform Admins, monthly \(InProgress, until [\d-]{10}\)\n {2}decided +1 of \d/);
    assert.match(out, /"Keeps the platform running at night" \(Ingrid Balasuntharam: Approve /);
    // The one before the practice tenant began.
    assert.match(out, /AI Chat Users, quarterly \(Applied/);
  });

  it('quality: every review of one series, as data', async () => {
    const { code, out } = await run('quality', '--review', review.id, '--json');
    assert.equal(code, 0);
    const { reviews } = qualityRows.parse(JSON.parse(out));
    assert.deepEqual(
      reviews.map(({ instance, kept }) => ({ instance, kept })),
      [{ instance: review.instanceId, kept: 1 }],
    );
  });

  it('plan: what is reviewed too seldom, and fails because of it', async () => {
    const { code, out } = await run('plan');
    assert.equal(code, 1);
    assert.match(out, /- AI Retrieval Connector Operators: sensitive, deserves quarterly, has once\n/);
    assert.doesNotMatch(out, /- AI Platform Admins/);
  });

  it('plan: every group of the policy, as data', async () => {
    const { groups } = planRows.parse(JSON.parse((await run('plan', '--json')).out));
    const found = new Map(groups.map(({ group, has, enough }) => [group, { has, enough }]));
    assert.deepEqual(found.get(platformAdmins.id), { has: 'monthly', enough: true });
    assert.deepEqual(found.get(connectorOperators.id), { has: 'once', enough: false });
  });

  it('asks Entra with the app’s own token, and changes nothing', async () => {
    const before = (await remote.requests('graph')).length;
    await run('plan');
    await run('quality');
    const asked = (await remote.requests('graph')).slice(before);
    assert.ok(asked.some(({ path }) => path.includes('/definitions')));
    assert.ok(asked.every(({ token }) => token === 'app'));
    const posted = asked.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    assert.deepEqual([...new Set(posted)], ['/v1.0/$batch']);
  });

  it('says what is wrong with an order it cannot carry out, and ends with 2', async () => {
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /Say quality or plan/],
      [['quality', 'now'], /one word too many: now/],
      [['plan', '--review', review.id], /--review belongs to quality/],
      [['quality', '--reviews'], /npm run reviews -- quality/],
      [['quality', '--review', '00000000-1111-4222-8333-444444444444'], /knows no such review/],
    ];
    for (const [args, says] of wrong) {
      const { code, err } = await run(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, says);
    }
  });
});
