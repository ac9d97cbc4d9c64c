import assert from 'node:assert/strict';
import { isAppError } from '../../../src/base/errors.js';
import { myPackages } from '../../../src/flows/packages/owned/my-packages.js';
import { graphError } from '../../../src/graph/errors.js';
import { starterPolicy } from '../../policy/starter-policy.js';
import { type Fake, fake, person } from './fake-lists.js';

describe('the packages somebody answers for', () => {
  const me = person(1);
  const catalog = { id: person(90) };
  const entry = (id: string, displayName: string) => ({ id, displayName, catalog });
  const [a, b, c] = [person(61), person(62), person(63)];
  const open =
    (...readable: readonly string[]) =>
    (path: string) =>
      readable.some((id) => path.includes(`'${id}'`)) ? { value: [] } : graphError('graph.forbidden');
  const find = async (owners: Readonly<Record<string, readonly string[]>>, own: Fake) => {
    const bot = fake({}, (path) => (path.includes(c) ? entry(c, 'Closed') : graphError('graph.not-found')));
    const packages = { ...starterPolicy().packages, owners };
    const found = await myPackages({
      own: own.reader,
      bot: bot.reader,
      policy: { packages },
      personId: me,
    });
    return found.packages.map(({ name, readable, named }) => [name, readable, named]);
  };
  const lists = { '/accessPackages': [[entry(b, 'Beta'), entry(a, 'Alpha')]] };

  it('are those whose people Entra lets them see', async () => {
    assert.deepEqual(await find({}, fake(lists, open(a))), [['Alpha', true, false]]);
    assert.deepEqual(await find({}, fake(lists, open())), []);
  });

  it('are those the policy file gives them, by package or catalog, with the truth about what Entra shows', async () => {
    assert.deepEqual(await find({ [c]: [me.toUpperCase()] }, fake(lists, open())), [['Closed', false, true]]);
    assert.deepEqual(await find({ [catalog.id]: [me] }, fake(lists, open(a))), [
      ['Alpha', true, true],
      ['Beta', false, true],
    ]);
  });

  it('are not those whose own line names somebody else', async () => {
    const owners = { [catalog.id]: [me], [b]: [person(2)] };
    assert.deepEqual(await find(owners, fake(lists, open())), [['Alpha', false, true]]);
  });

  it('are only the named ones for whoever Entra shows no list, and nothing where Entra does not answer', async () => {
    const refused = fake({ '/accessPackages': [graphError('graph.forbidden')] }, open());
    assert.deepEqual(await find({ [c]: [me] }, refused), [['Closed', false, true]]);
    const down = fake(lists, () => graphError('graph.throttled'));
    await assert.rejects(find({}, down), (error) => isAppError(error) && error.code === 'graph.throttled');
  });
});
