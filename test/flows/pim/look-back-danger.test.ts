import assert from 'node:assert/strict';
import { minute } from '../../../src/base/clock.js';
import { projectRoot } from '../../../src/base/project-root.js';
import { createRenderer } from '../../../src/cards/render.js';
import { cardText } from '../../support/card-text.js';
import { type LookBackStage, openLookBackStage } from './look-back-stage.js';

const aiChatUsers = '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b51';
const aiPlatformAdmins = '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b53';
const secret = 'added a secret to an enterprise application';

describe('looking back on a lot', () => {
  let stage: LookBackStage;
  beforeEach(async () => {
    stage = await openLookBackStage();
  });
  afterEach(() => stage.close());

  const views = async () => (await stage.cards()).map(({ view }) => view);
  const render = createRenderer({ root: projectRoot() });

  for (const [times, log, pages] of [
    [10, 'whole', 1],
    [620, 'whole', 1],
    [1_200, 'whole', 2],
    [4_997, 'whole', 5],
    [4_998, 'cut', 5],
  ] as const) {
    it(`shows one dangerous thing that ${times} harmless ones came after`, async () => {
      const row = await stage.ended();
      stage.did('Add service principal credentials', row.ends_at, 50);
      stage.did('Update user', row.ends_at, 20, { times });
      stage.did('Update user', row.ends_at, 5);
      await stage.advance(61 * minute);
      assert.deepEqual(await stage.look(row), { kind: 'done' });
      const [view] = await views();
      const [first, second] = view.did;
      assert.deepEqual([first.what, first.times, first.lastAt, first.danger], [secret, 1, '', 'high']);
      assert.deepEqual([second.what, second.times, second.danger], ['changed a user', times + 1, '']);
      const earlier = (ms: number) => new Date(row.ends_at - ms).toISOString();
      assert.deepEqual([second.at, second.lastAt], [earlier(20 * minute), earlier(5 * minute)]);
      assert.deepEqual([view.done, view.failed, view.more], [times + 2, 0, 0]);
      assert.deepEqual([view.log, stage.pagesRead()], [log, pages]);
    });
  }

  it('says that there is more where there is more than it reads, and never that this is all', async () => {
    const row = await stage.ended();
    stage.did('Add service principal credentials', row.ends_at, 50);
    stage.did('Update user', row.ends_at, 20, { times: 6_000 });
    await stage.advance(2 * minute);
    assert.equal((await stage.look(row)).kind, 'again', 'what comes later counts too');
    assert.equal(stage.pagesRead(), 5);
    const [view] = await views();
    assert.deepEqual([view.log, view.done, view.more], ['cut', 5_000, 0]);
    const text = cardText(render.render({ template: 'pim/look-back', view }).content);
    assert.match(
      text,
      /At least 5,000 changes\nThere is more than I read\. Look in the audit log of Entra\./,
    );
    assert.doesNotMatch(text, /This is all/);
    await stage.advance(59 * minute);
    assert.deepEqual(await stage.look(row), { kind: 'done' });
    assert.equal((await views())[0].log, 'cut');
  });

  it('marks who is in a group that the policy file calls privileged', async () => {
    const row = await stage.ended();
    const group = (id: string) => ({ id, displayName: id, type: 'Group' });
    stage.did('Add member to group', row.ends_at, 30, { on: group(aiPlatformAdmins) });
    stage.did('Add member to group', row.ends_at, 20, { on: group(aiChatUsers) });
    await stage.advance(2 * minute);
    await stage.look(row);
    const [view] = await views();
    assert.deepEqual(
      view.did.map(({ on, danger }: { on: string; danger: string }) => [on, danger]),
      [
        [aiPlatformAdmins, 'high'],
        [aiChatUsers, ''],
      ],
    );
  });
});
