import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, dataOf, hasButton, inputIn, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.open', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  it('shows everything a person may ask for when the words fit nothing: what it opens, who decides, how long', async () => {
    const text = cardText((await stage.hear('engineer')).card);
    assert.match(text, /^What do you need\?/);
    assert.match(text, /AI agent workshop\nBuild agents and try them out\.\nOpens: .*AI Agent Studio/);
    assert.match(
      text,
      /Decided by your manager; or your manager, then Wanjiru Halvorsen · 14 days or 90 days/,
    );
    assert.match(text, /AI evaluation sandbox\n[\s\S]*You get it right away · 90 days/);
  });

  it('tells standard and elevated packages apart', async () => {
    const text = cardText((await stage.hear('engineer')).card);
    assert.match(text, /AI research assistant - standard\n(?:.*\n){3}Standard access\./);
    assert.match(text, /elevated connectors\n(?:.*\n){3}Sensitive: say exactly what you need it for\./);
  });

  it('shows a guest what is for guests, decided by the employee who answers for them', async () => {
    const text = cardText((await stage.hear('guest')).card);
    assert.match(text, /Partner prompt desk[\s\S]*Decided by your sponsor · 60 days/);
    assert.match(text, /Prompt library/);
    assert.doesNotMatch(text, /elevated|research|workshop/);
  });

  it('says what they have, what they have asked for and what comes to its end', async () => {
    await stage.hold('finance', 'prompts', 200);
    await stage.hold('finance', 'standard', 10);
    await stage.ask('finance', 'elevated');
    const list = await stage.hear('finance');
    const text = cardText(list.card);
    assert.match(text, /elevated connectors\n(?:.*\n){3}You have already asked for this\.\nShow/);
    assert.match(
      text,
      /research assistant - standard\n(?:.*\n){3}You have this until .*can ask for longer now\.\nExtend/,
    );
    assert.match(text, /Prompt library\n(?:.*\n){2}You have this until .*\.\nShow mine/);
    assert.ok(hasButton(list.card, 'packages.mine'));
  });

  it('shows the open request where one was asked for already, and no second form', async () => {
    const { answer } = await stage.open('finance', 'elevated');
    assert.match(readIn(answer), /^(Asked|Waiting for a decision)/);
    assert.ok(!hasButton(answer.value, 'packages.ask'));
  });

  it('shows no form for what they have and may keep for long', async () => {
    const { answer } = await stage.open('finance', 'prompts');
    assert.equal(answer.statusCode, 400);
    assert.match(readIn(answer), /You have this access already/);
  });

  it('opens the form at once when the words fit one package, and offers what fits as well', async () => {
    const form = await stage.hear('engineer', 'I need the research assistant');
    const text = cardText(form.card);
    assert.match(text, /^AI research assistant - standard/);
    assert.match(
      text,
      /Or did you mean one of these\?\nAI research assistant - elevated connectors\nSensitive/,
    );
    assert.match(text, /Who decides: \nyour manager/);
  });

  it('opens the form of the package whose button is pressed', async () => {
    const list = await stage.hear('engineer');
    const { id } = await stage.packageOf('elevated');
    const { value } = await stage.press('engineer', list.id, 'packages.open', { package: id });
    assert.ok(hasButton(value, 'packages.ask'));
  });

  it('lets them choose where a package has two policies: who decides, how long, how many questions', async () => {
    const { id, answer } = await stage.open('engineer', 'workshop');
    const text = readIn(answer);
    assert.match(text, /There are several ways to ask for this\. Pick the one that fits\./);
    assert.match(text, /For two weeks[\s\S]*Who decides: \nyour manager\nHow long: \n14 days/);
    assert.match(
      text,
      /For a project[\s\S]*your manager, then Wanjiru Halvorsen\nHow long: \n90 days, or your own dates · 4 questions/,
    );
    const ways = cardActions(answer.value).filter(({ verb }) => verb === 'packages.open');
    assert.equal(ways.length, 2);
    const chosen = await stage.press('engineer', id, 'packages.open', ways[1]?.data);
    assert.match(readIn(chosen), /Way\nFor a project/);
    assert.match(readIn(chosen), /Which project is it for\?/);
  });

  it('asks every kind of question in its own kind of field', async () => {
    const { card } = await stage.form('engineer', 'workshop', { policy: 'For a project' });
    const fields = fieldsIn(card).map(({ label, ...rest }) => [label?.split(/[?(]/)[0], rest] as const);
    const asked = new Map(fields);
    assert.deepEqual(asked.get('Which project is it for'), {
      ...{ type: 'Input.Text', isMultiline: false, isRequired: true },
      regex: '^[A-Z]{2,6}-[0-9]{1,4}$',
    });
    assert.deepEqual(asked.get('What will the agents do'), {
      ...{ type: 'Input.Text', isMultiline: true, isRequired: false },
    });
    assert.deepEqual(asked.get('Where will they run'), {
      ...{ type: 'Input.ChoiceSet', isMultiSelect: false, isRequired: true },
    });
    assert.deepEqual(asked.get('Which data will they read'), {
      ...{ type: 'Input.ChoiceSet', isMultiSelect: true, isRequired: false },
    });
  });

  it('warns before the form is sent that something has to be given back first', async () => {
    await stage.hold('appowner', 'elevated', 25);
    const { answer } = await stage.open('appowner', 'redteam');
    assert.match(
      readIn(answer),
      /Give something back first\nThis cannot be had together with what you have: AI research assistant - elevated connectors/,
    );
    assert.ok(!hasButton(answer.value, 'packages.ask'));
    assert.ok(hasButton(answer.value, 'packages.mine'));
  });

  it('names the sponsor of a guest, and sets a shorter end than Entra allows', async () => {
    const form = await stage.form('guest', 'partner');
    const text = cardText(form.card);
    assert.match(text, /Your sponsor\nOlumide Castellane/);
    assert.match(text, /For guests the last day is (\d{4}-\d\d-\d\d)\./);
    const last = Date.parse(inputIn(form.card, 'endDate') ?? '');
    const days = (last - (await stage.now()).getTime()) / 86_400_000;
    // Of thirty; in the time zone of the policy it may be tomorrow already.
    assert.ok(days > 28 && days < 31, `${days} days`);
  });

  it('is prefilled with what was said the last time, in a message of its own', async () => {
    const { id } = await stage.ask('starter', 'workshop', {
      policy: 'For a project',
      reason: 'An assistant for the labs in Vienna and Dublin',
      answers: { project: 'NORD-12', purpose: 'Sort mail', site: 'DUB', data: 'public,internal' },
    });
    await stage.press('starter', id, 'packages.cancel', {});
    await stage.says('starter', id, /^(Refresh\n)?Cancelled/);
    const again = dataOf((await stage.entry('starter', id)).card, 'packages.open');
    const answer = await stage.press('starter', id, 'packages.open', again);
    assert.match(readIn(answer), /I have put the form below/);
    const form = await stage.card('starter', /An assistant for the labs/);
    const filled = (await stage.timeline('starter')).findLast(({ card }) => hasButton(card, 'packages.ask'));
    assert.ok(filled !== undefined && filled.id !== id, cardText(form.card));
    const values = fieldValues(filled.card);
    for (const value of ['NORD-12', 'Sort mail', 'DUB', 'public,internal'])
      assert.ok(values.includes(value), `${value} in ${values.join(' | ')}`);
    assert.match(await stage.settledText('starter', id), /Cancelled/);
    await stage.press('starter', id, 'packages.open', again);
    const moved = /^This card has moved/;
    await stage.says('starter', filled.id, moved);
    const forms = (await stage.timeline('starter')).filter(({ card }) => hasButton(card, 'packages.ask'));
    assert.equal(forms.length, 1, 'the form above is one no longer');
    assert.doesNotMatch(await stage.settledText('starter', id), moved);
  });

  it('refuses a package this person may not ask for', async () => {
    const list = await stage.hear('guest');
    for (const key of ['standard', 'elevated', 'workshop'] as const) {
      const { id } = await stage.packageOf(key);
      const answer = await stage.press('guest', list.id, 'packages.open', { package: id });
      assert.equal(answer.statusCode, 400);
      assert.match(JSON.stringify(answer.value), /does not offer you/);
    }
  });

  it('refuses a policy that belongs to another package', async () => {
    const list = await stage.hear('engineer');
    const [elevated, workshop] = [await stage.packageOf('elevated'), await stage.packageOf('workshop')];
    const data = { package: elevated.id, policy: workshop.policies[0]?.id };
    const answer = await stage.press('engineer', list.id, 'packages.open', data);
    assert.equal(answer.statusCode, 400);
    assert.match(readIn(answer), /does not offer you/);
  });

  it('does not take words that are no id for an id', async () => {
    const list = await stage.hear('engineer');
    const answer = await stage.press('engineer', list.id, 'packages.open', { package: "x' or 1 eq 1" });
    assert.equal(answer.statusCode, 400);
  });

  it('sends nothing to Entra by showing any of this but the two requests that were made', async () => {
    const sent = (await stage.sent()).filter(({ path }) => path.endsWith('/assignmentRequests'));
    assert.equal(sent.length, 2);
    assert.ok(cardOf(await stage.press('engineer', (await stage.hear('engineer')).id, 'packages.mine')));
  });
});

interface Field {
  readonly type: string;
  readonly label?: string;
  readonly isMultiline?: boolean;
  readonly isMultiSelect?: boolean;
  readonly isRequired?: boolean;
  readonly regex?: string;
}

/** The questions of a form, as a client is told to ask them. */
function fieldsIn(card: unknown): readonly Field[] {
  return inputsIn(card).map(({ type, label, isMultiline, isMultiSelect, isRequired, regex }) =>
    JSON.parse(JSON.stringify({ type, label, isMultiline, isMultiSelect, isRequired, regex })),
  );
}

function fieldValues(card: unknown): readonly string[] {
  return inputsIn(card).map(({ value }) => String(value));
}

function inputsIn(card: unknown): readonly (Field & { readonly value?: unknown })[] {
  if (card === null || typeof card !== 'object') return [];
  const inner = Object.values(card).flatMap(inputsIn);
  const isInput = 'type' in card && typeof card.type === 'string' && card.type.startsWith('Input.');
  return isInput ? [{ ...card, type: String(card.type) }, ...inner] : inner;
}
