import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { buttonOf, openStage, type Stage } from '../support/stage.js';

/** Each attack: refused, one line in the record, nothing written to Entra. */
describe('attacks on the packages flow', () => {
  let stage: Stage;
  let managersCard: string;
  let ref: string;
  before(async () => {
    stage = await openStage();
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /research assistant - standard/);
    const reason = 'Reading the supplier contracts of project Nord';
    await stage.press('engineer', form.id, 'packages.ask', { reason });
    const card = await stage.card('manager', /Ayumi Fernqvist/);
    managersCard = card.id;
    ref = String(buttonOf(card, 'packages.approve').ref);
  });
  after(() => stage.close());

  const anyCardOf = async (person: string): Promise<string> => {
    await stage.say(person, 'help');
    return (await stage.card(person, /./)).id;
  };
  const refusals = async () =>
    (
      await stage
        .store()
        .db.selectFrom('audit')
        .select(['data', 'actor'])
        .where('kind', '=', 'click.refused')
        .execute()
    ).map(({ data, actor }) => ({ actor, code: String(JSON.parse(data).code) }));

  const attack = async (
    person: string,
    card: string,
    send: { readonly verb: string; readonly data: object },
  ): Promise<{ readonly status: number; readonly text: string; readonly code: string | undefined }> => {
    const writesBefore = (await stage.writes()).length;
    const refusedBefore = (await refusals()).length;
    const answer = await stage.press(person, card, send.verb, send.data);
    assert.equal((await stage.writes()).length, writesBefore, 'something was written');
    const after = await refusals();
    assert.equal(after.length, refusedBefore + 1, 'it must leave exactly one line');
    const text = typeof answer.value === 'string' ? answer.value : cardText(answer.value);
    return { status: answer.statusCode, text, code: after.at(-1)?.code };
  };

  it('the requester approves the own request with the manager’s reference', async () => {
    const { code } = await attack('engineer', await anyCardOf('engineer'), {
      verb: 'packages.approve',
      data: { ref, comment: 'me' },
    });
    assert.equal(code, 'flows.not-your-card');
  });

  it('somebody else uses the manager’s reference', async () => {
    const { code } = await attack('security', await anyCardOf('security'), {
      verb: 'packages.approve',
      data: { ref, comment: 'x' },
    });
    assert.equal(code, 'flows.not-your-card');
  });

  it('a guest uses it', async () => {
    const { code } = await attack('guest', await anyCardOf('guest'), {
      verb: 'packages.approve',
      data: { ref },
    });
    assert.equal(code, 'flows.not-your-card');
  });

  it('a reference that was guessed', async () => {
    const { code } = await attack('manager', managersCard, {
      verb: 'packages.approve',
      data: { ref: 'AAAAAAAAAAAAAAAAAAAAAA' },
    });
    assert.equal(code, 'flows.unknown-card');
  });

  it('card data that claims another person, another stage, another verdict', async () => {
    const forged = {
      ref: 'nope',
      actor: 'x',
      stageId: 'x',
      requestId: 'x',
      verdict: 'Approve',
      approved: true,
    };
    const { code } = await attack('manager', managersCard, { verb: 'packages.approve', data: forged });
    assert.equal(code, 'flows.unknown-card');
  });

  for (const [what, data] of [
    ['a reference that is a list', { ref: ['a'] }],
    ['a reference that is an object', { ref: { $ne: '' } }],
    ['a comment of a megabyte’s wish', { ref: 'a', comment: 'x'.repeat(5000) }],
  ] as const) {
    it(`bad input: ${what}`, async () => {
      const { status, code } = await attack('manager', managersCard, { verb: 'packages.approve', data });
      assert.equal(status, 400);
      assert.equal(code, 'flows.bad-input');
    });
  }

  it('a verb that does not exist', async () => {
    const { code } = await attack('manager', managersCard, {
      verb: 'packages.grantEverything',
      data: { ref },
    });
    assert.equal(code, 'flows.unknown-verb');
  });

  it('the approver’s form pressed as if it were a request form', async () => {
    const { code } = await attack('manager', managersCard, {
      verb: 'packages.ask',
      data: { ref, reason: 'I want it' },
    });
    assert.equal(code, 'flows.unknown-card');
  });

  it('a card that is too old', async () => {
    await stage
      .store()
      .write((tx) => tx.updateTable('cards').set({ expires_at: 1 }).where('ref', '=', ref).execute());
    const { code } = await attack('manager', managersCard, {
      verb: 'packages.approve',
      data: { ref, comment: 'late' },
    });
    assert.equal(code, 'flows.card-expired');
  });

  it('outsiders are turned away at the door, and see nothing', async () => {
    const answer = await stage.post<{ status: number }>('/people/outsider/activities', {
      text: 'I need access',
    });
    assert.ok(answer.status >= 400 && answer.status < 500);
  });

  it('no write of the whole story carried the bot’s own token', async () => {
    assert.ok((await stage.writes()).every(({ token }) => token === 'user'));
  });
});
