import assert from 'node:assert/strict';
import { platformAdmins } from '../../practice/world/groups.js';
import { groupById, groupMembers, managerOf, userById } from '../../src/graph/directory.js';
import { idOf, openPracticeGraph, type PracticeGraph } from './practice-graph.js';

describe('people and groups, read by the bot', () => {
  let practice: PracticeGraph;
  before(async () => {
    practice = await openPracticeGraph();
  });
  after(() => practice.close());

  it('tell members from guests', async () => {
    const engineer = await userById(practice.reader, idOf('engineer').toUpperCase());
    assert.equal(engineer.id, idOf('engineer'));
    assert.ok(engineer.name !== '' && engineer.jobTitle !== '' && engineer.enabled && !engineer.guest);
    assert.equal((await userById(practice.reader, idOf('guest'))).guest, true);
  });

  it('know who stands above whom, and who has nobody above', async () => {
    assert.equal((await managerOf(practice.reader, idOf('engineer')))?.id, idOf('manager'));
    let boss = idOf('engineer');
    for (
      let manager = await managerOf(practice.reader, boss);
      manager;
      manager = await managerOf(practice.reader, boss)
    ) {
      boss = manager.id;
    }
    assert.equal(await managerOf(practice.reader, boss), undefined);
    const twoUp = await managerOf(practice.reader, idOf('engineer'), 2);
    assert.equal(twoUp?.id, (await managerOf(practice.reader, idOf('manager')))?.id);
  });

  it('name a group and the people in it', async () => {
    assert.equal((await groupById(practice.reader, platformAdmins.id)).name, platformAdmins.displayName);
    const members = await groupMembers(practice.reader, platformAdmins.id);
    assert.ok(members.length > 0 && members.every(({ name }) => name !== ''));
  });
});
