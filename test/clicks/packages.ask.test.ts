import assert from 'node:assert/strict';
import { projectQuestionIds } from '../../practice/world/package-questions.js';
import { cardActions, cardText } from '../support/card-text.js';
import { missing } from '../support/missing.js';
import { hasButton, inputIn, readIn } from '../support/on-card.js';
import { goodReason, openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.ask', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  const posts = async () => (await stage.sent()).filter(({ path }) => path.endsWith('/assignmentRequests'));
  const newest = async (): Promise<SentBody> =>
    ((await posts()).at(-1) ?? missing('request')).body as SentBody;
  const inPolicy = { policy: 'For a project' };

  it('pressed three times at once makes one request, and every answer shows it', async () => {
    const form = await stage.form('engineer', 'standard');
    const answer = await stage.press(
      'engineer',
      form.id,
      'packages.ask',
      { reason: goodReason },
      { deliver: 3 },
    );
    assert.equal(answer.statusCode, 200);
    assert.equal((await posts()).length, 1);
  });

  it('asking for the same package again shows the open request instead of a second form', async () => {
    const status = await stage.hear('engineer', 'research assistant standard access please');
    assert.match(cardText(status.card), /^(Asked|Waiting for a decision)/);
    assert.ok(!hasButton(status.card, 'packages.ask'));
    assert.equal((await posts()).length, 1);
  });

  it('a package without approval is delivered, and the same card says so', async () => {
    const { id } = await stage.ask('finance', 'prompts');
    const text = await stage.says('finance', id, /You have access/);
    assert.match(text, /Prompt library[\s\S]*It is ready\./);
  });

  it('sends the answers as Entra wants them, each under its own question', async () => {
    const answers = { project: 'NORD-12', purpose: 'Sort mail', site: 'VIE', data: 'public,internal' };
    const { id, answer } = await stage.ask('starter', 'workshop', { ...inPolicy, answers });
    const sent = await newest();
    const values = new Map(sent.answers.map(({ value, answeredQuestion }) => [answeredQuestion.id, value]));
    assert.deepEqual(
      values,
      new Map(Object.entries(answers).map(([name, value]) => [questionId(name), value])),
    );
    const status = readIn(answer);
    assert.match(status, /Which project is it for\? \(as NORD-12\):? \nNORD-12/);
    assert.match(status, /Where will they run\?:? \nVienna/);
    assert.match(status, /Which data will they read\?:? \nPublic, Internal/);
    await stage.says('starter', id, /Stage\n1 of 2/);
  });

  it('puts each mistake beside its field, keeps what was typed, and sends nothing', async () => {
    const before = (await posts()).length;
    const form = await stage.form('appowner', 'workshop', inPolicy);
    const answers = { project: 'nord', purpose: 'Sort mail', data: 'internal' };
    const answer = await stage.send('appowner', form.id, { answers, endDate: '2020-01-01' });
    const text = readIn(answer);
    assert.match(text, /Not sent yet\nPlease look at what is marked below\./);
    assert.match(text, /This is not in the form that your organisation asks for\./);
    assert.match(text, /Please choose one\./);
    assert.match(text, /Please choose a day after it starts\./);
    assert.equal(inputIn(answer.value, `q-${projectQuestionIds.project}`), 'nord');
    assert.equal(inputIn(answer.value, `q-${projectQuestionIds.purpose}`), 'Sort mail');
    assert.equal(inputIn(answer.value, `q-${projectQuestionIds.data}`), 'internal');
    assert.equal(inputIn(answer.value, 'reason'), goodReason);
    assert.equal((await posts()).length, before);
    assert.deepEqual((await stage.refusals()).slice(-1), ['packages.form']);
    const again = await stage.send('appowner', form.id, {
      answers: { ...answers, project: 'NORD-7', site: 'LAB' },
    });
    assert.match(readIn(again), /^(Asked|Waiting for a decision)/);
  });

  it('a reason that says nothing comes back with what is missing', async () => {
    const form = await stage.form('security', 'elevated');
    const answer = await stage.send('security', form.id, { reason: 'for work' });
    assert.match(readIn(answer), /Not sent yet[\s\S]*“for work” does not say what you will do with it\./);
    assert.equal(inputIn(answer.value, 'reason'), 'for work');
    assert.deepEqual((await stage.refusals()).slice(-1), ['packages.reason']);
  });

  it('keeps to the days the policy allows, and asks for those that were chosen', async () => {
    const form = await stage.form('helpdesk', 'standard');
    const late = await stage.send('helpdesk', form.id, { endDate: await inDays(200) });
    assert.match(readIn(late), /The last day you can ask for is \d{4}-\d\d-\d\d\./);
    const past = await stage.send('helpdesk', form.id, { startDate: await inDays(-2) });
    assert.match(readIn(past), /That day is over\. Please choose today or a later day\./);
    const wrong = await stage.send('helpdesk', form.id, { endDate: '2027-02-31' });
    assert.match(readIn(wrong), /Please choose a day, or leave it empty\./);
    await stage.send('helpdesk', form.id, { startDate: await inDays(3), endDate: await inDays(20) });
    const { schedule } = await newest();
    const lasts = Date.parse(schedule.expiration.endDateTime) - Date.parse(schedule.startDateTime);
    assert.equal(Math.round(lasts / 86_400_000), 18, 'both days count');
  });

  it('a guest asks for no longer than guests may, and their sponsor is asked', async () => {
    const form = await stage.form('guest', 'partner');
    const long = await stage.send('guest', form.id, { endDate: await inDays(50) });
    assert.match(readIn(long), /The last day you can ask for is /);
    const sent = await stage.send('guest', form.id, { endDate: '' });
    assert.match(readIn(sent), /^(Asked|Waiting for a decision)/);
    const { schedule } = await newest();
    const days = (Date.parse(schedule.expiration.endDateTime) - (await stage.now()).getTime()) / 86_400_000;
    assert.ok(days > 29 && days <= 30, `${days} days`);
    const card = await stage.decideCard('manager', /Rafael Dunmore-Tiwari/);
    assert.match(cardText(card.card), /You are asked as somebody who answers for this guest/);
  });

  it('a conflict that arose after the form was shown is refused, with what to do', async () => {
    const form = await stage.form('finance', 'redteam');
    const before = (await posts()).length;
    await stage.hold('finance', 'elevated', 25);
    const answer = await stage.send('finance', form.id);
    assert.match(readIn(answer), /Give something back first[\s\S]*elevated connectors/);
    assert.ok(hasButton(answer.value, 'packages.mine'));
    assert.deepEqual((await stage.refusals()).slice(-1), ['packages.conflict']);
    assert.equal((await posts()).length, before);
  });

  it('what Entra has against it becomes a sentence on the form', async () => {
    const form = await stage.form('security', 'elevated');
    await stage.fault({
      match: {
        service: 'graph',
        method: 'POST',
        path: '^/v1.0/identityGovernance/entitlementManagement/assignmentRequests$',
      },
      do: { status: 400, body: { error: { code: 'InvalidRequest', message: 'The request is not valid.' } } },
    });
    const answer = await stage.send('security', form.id);
    assert.match(readIn(answer), /Entra did not accept this\. Please look at your answers and dates/);
    assert.equal(inputIn(answer.value, 'reason'), goodReason);
    const again = await stage.send('security', form.id);
    assert.match(readIn(again), /^(Asked|Waiting for a decision)/);
  });

  it('the form still works under another policy of the same package', async () => {
    const { answer } = await stage.open('security', 'workshop');
    const ways = cardActions(answer.value).filter(({ verb }) => verb === 'packages.open');
    assert.deepEqual(
      ways.map(({ title }) => title),
      ['Choose', 'Choose'],
    );
    const { answer: sent } = await stage.ask('security', 'workshop', { policy: 'For two weeks' });
    assert.match(readIn(sent), /^(Asked|Waiting for a decision)/);
    const body = await newest();
    const { policies } = await stage.packageOf('workshop');
    assert.equal(
      body.assignment.assignmentPolicyId,
      policies.find(({ name }) => name === 'For two weeks')?.id,
    );
    assert.equal(body.answers, undefined);
  });

  /** A day so far from today, as an input of the card gives it. */
  async function inDays(days: number): Promise<string> {
    return new Date((await stage.now()).getTime() + days * 86_400_000).toISOString().slice(0, 10);
  }
});

interface SentBody {
  readonly assignment: { readonly assignmentPolicyId: string };
  readonly answers: readonly {
    readonly value: string;
    readonly answeredQuestion: { readonly id: string };
  }[];
  readonly schedule: {
    readonly startDateTime: string;
    readonly expiration: { readonly endDateTime: string };
  };
}

function questionId(name: string): string {
  return new Map<string, string>(Object.entries(projectQuestionIds)).get(name) ?? name;
}
