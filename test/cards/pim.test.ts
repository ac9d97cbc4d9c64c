import assert from 'node:assert/strict';
import { inOrder, shownCards } from './shown-cards.js';

const { fixtures, card, text, buttons, verbs, summary } = shownCards('pim');

describe('what people read about their roles', () => {
  it('my roles: what is active, what is not yet, and what could be', () => {
    inOrder(text('roles', 'much going on'), [
      'Active now',
      'AI Administrator',
      '1 hour 20 minutes left',
      'Reports Reader',
      'It does not end by itself',
      'Not active yet',
      'Waiting for approval',
      'Starts {{DATE(2026-11-20T07:00:00Z, SHORT)}}',
      'Find a role',
      'You can activate',
      'For emergencies',
      'through a group',
      'Yours until {{DATE(2026-11-29T23:00:00Z, COMPACT)}}. Ask for longer in Entra.',
      '1 more is not on this card.',
    ]);
  });

  it('my roles: each button names the role it is for, and the star keeps the search', () => {
    const [, activate] = buttons('roles', 'few').filter(({ title }) => title === 'Activate');
    assert.deepEqual(activate?.data, {
      role: { kind: 'role', id: '194ae4cb-b126-40b2-bd5b-6091b380977d', scope: '/' },
    });
    const stars = buttons('roles', 'a search').filter(({ verb }) => verb === 'pim.favourite');
    assert.deepEqual(
      stars.map(({ data }) => [data.on, data.query]),
      [
        [false, 'admin'],
        [true, 'admin'],
      ],
    );
    assert.match(stars[1]?.title ?? '', /^Make it a favourite: Security Administrator$/);
    assert.ok(!verbs('roles', 'only in the portal').includes('pim.form'));
  });

  it('my roles: an emergency needs no form, and says before the press who hears of it', () => {
    inOrder(text('roles', 'much going on'), [
      'In an emergency: Exchange Administrator',
      'told when you press the button',
      'What has happened?',
      'Activate for an hour',
    ]);
    const atOnce = buttons('roles', 'much going on').find(({ verb }) => verb === 'pim.ask');
    assert.deepEqual(Object.keys(atOnce?.data ?? {}), ['role']);
  });

  it('my roles: what could not be read is said, and never "you have none"', () => {
    const said = text('roles', 'nothing could be read');
    assert.match(said, /Entra roles could not be read.*\nGroups could not be read.*\nAzure roles could not/);
    assert.match(said, /^Your roles\nI found no role/m);
    assert.match(text('roles', 'something missing'), /nobody has allowed me to read them yet/);
    assert.match(text('roles', 'a search without luck'), /Nothing you can activate fits “kitchen”/);
  });

  it('a form: what it takes comes before what is asked, and the way to send comes last', () => {
    inOrder(text('form', 'ordinary'), [
      'Ask for Security Administrator',
      'whole directory',
      'Privileged',
      'change how the organisation protects itself',
      'What it takes',
      'needed, from Olumide Castellane',
      'a stronger one',
      'needed, 20 characters or more',
      '2 hours; Entra would allow 8 hours',
      'How long do you need it?',
      'What will you do with it?',
      'Where is the ticket?',
      'Such as INC-4711',
      'Start later',
      'Time zone: Europe/Vienna',
      'Ask for it',
    ]);
    const easy = text('form', 'nothing asked');
    assert.match(easy, /^Activate Reports Reader\n/m);
    assert.doesNotMatch(easy, /ticket|stronger|second factor/i);
  });

  it('a form with problems: each right under its field, and what was typed is still there', () => {
    const said = text('form', 'problems at their fields');
    inOrder(said, [
      'How long do you need it?',
      'Entra allows no more than 1 hour',
      'What will you do with it?',
      'for work',
      'Please say what you will change, in 20 characters or more.',
      'Number of the ticket',
      '4711',
      'A ticket number looks like INC-4711.',
      '2026-11-18',
      '09:00',
      'This moment is over.',
      'Ask for it',
    ]);
    assert.equal(shownAtFirst('form', 'problems at their fields').later, true);
    assert.deepEqual(shownAtFirst('form', 'ordinary'), { 'later-closed': true, later: false });
  });

  it('a form for emergencies: who is told and what follows, before the press', () => {
    inOrder(text('form', 'emergency'), [
      'For emergencies',
      'are told at once when you press the button',
      'Somebody else looks at what was done afterwards',
      'How long do you need it?',
      'Activate',
    ]);
  });

  it('a form for a role that is active: that it ends first', () => {
    inOrder(text('form', 'again'), [
      'You have it until',
      'This ends your current time first. You will be without it for about a minute.',
      'End it and activate again',
    ]);
  });

  it('asked: for whom it waits and until when, and that nothing is active', () => {
    inOrder(text('status', 'waiting'), [
      'Waiting for approval',
      'Nothing is active yet',
      'Olumide Castellane, Wanjiru Halvorsen',
      'Open until',
      '{{DATE(2026-11-20T08:12:44Z, SHORT)}}',
    ]);
    assert.deepEqual(verbs('status', 'waiting'), ['pim.cancel']);
  });

  it('active, and not seen to work: says so, and what helps when it takes long', () => {
    const said = text('status', 'active, not ready');
    inOrder(said, ['Almost ready', 'Entra says it is active. It does not work everywhere yet.']);
    assert.match(
      said,
      /Entra lets you end it from \{\{TIME\(2026-11-19T08:25:12Z\)\}\} \(five minutes after/,
    );
    assert.doesNotMatch(said, /Sign out|minutes left/);
    assert.match(text('status', 'active, slow'), /Sign out and in again in the program.* up to 5 minutes/);
    assert.match(text('status', 'active, slow, Azure'), /up to 15 minutes/);
    assert.equal(verbs('status', 'active, not ready')[0], 'pim.show');
  });

  it('ready, and about to end: how much time is left, and what asking again costs', () => {
    inOrder(text('status', 'ready'), [
      'Ready to use',
      '1 hour 50 minutes left',
      'I looked, and it works.',
      'Olumide Castellane approved it and writes:',
      'Please tell me when the rule is back on.',
      'You will be without it for about a minute.',
    ]);
    inOrder(text('status', 'ending'), ['Ends soon', '12 minutes left', 'Please finish', 'Need more time?']);
    assert.deepEqual(verbs('status', 'ending'), ['pim.end', 'pim.form']);
    assert.deepEqual(buttons('status', 'ending')[1]?.data, { again: 'Zk3vQm8rT1yXw5nB7cJ2dg' });
  });

  it('denied: by whom, with their words, and the way to ask again', () => {
    inOrder(text('status', 'denied'), [
      'Denied',
      'Nothing was activated. You can ask again',
      'Olumide Castellane denied it and writes:',
      'Please look there first.',
    ]);
    assert.match(text('status', 'denied, nobody knows by whom'), /The approver writes:\nNot today\./);
    assert.match(text('status', 'denied without a word'), /Denied by\nOlumide Castellane/);
    assert.match(text('status', 'expired'), /Nobody decided within 24 hours/);
  });

  it('nothing sounds active before it is', () => {
    for (const name of [
      'waiting',
      'working',
      'scheduled',
      'starting',
      'denied',
      'expired',
      'cancelled',
      'failed',
    ]) {
      assert.doesNotMatch(text('status', name), /says it is active|it works|End it|left$/m, name);
    }
  });

  it('every state and every end in words of its own', () => {
    for (const [template, count] of [
      ['status', 12],
      ['decided', 6],
      ['looked-back', 3],
    ] as const) {
      const own = fixtures.filter((each) => each.template === `pim/${template}`);
      const heads = new Map(own.map((each) => [stateOf(each.view), summary(each).split(':')[0]]));
      assert.equal(heads.size, count);
      assert.equal(new Set(heads.values()).size, count, [...heads.values()].join(' | '));
    }
    const ends = ['by time', 'by themself', 'by somebody else', 'somehow'].map((how) =>
      text('status', `ended ${how}`),
    );
    assert.equal(new Set(ends.map((said) => /^.*(?:have it|need it)\.?.*$/m.exec(said)?.[0])).size, 4);
  });

  it('only the asker’s and the approver’s open card look again by themselves', () => {
    const withRefresh = fixtures.filter(
      (fixture) => 'refresh' in card(fixture.template.slice(4), fixture.name),
    );
    assert.deepEqual([...new Set(withRefresh.map(({ template }) => template))], ['pim/decide', 'pim/status']);
    assert.ok(withRefresh.every(({ view }) => Object(view).mri !== ''));
    assert.equal('refresh' in card('status', 'opened by its reader'), false);
  });
});

function stateOf(view: object): unknown {
  return 'state' in view ? view.state : undefined;
}

/** Which parts of the card that can be shown and hidden are to be seen at first. */
function shownAtFirst(template: string, name: string): Readonly<Record<string, boolean>> {
  const { body } = Object(card(template, name));
  const parts: readonly object[] = Array.isArray(body) ? body : [];
  const found = parts.flatMap((part) =>
    'isVisible' in part && 'id' in part ? [[String(part.id), part.isVisible === true] as const] : [],
  );
  return Object.fromEntries(found);
}
