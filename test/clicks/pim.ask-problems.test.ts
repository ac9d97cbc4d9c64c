import assert from 'node:assert/strict';
import { cardOf, hasButton, readIn } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage, type Typed } from '../support/pim-stage.js';

const needless = { ticketSystem: '', ticketNumber: '' };

describe('pim.ask with something missing', () => {
  let stage: PimStage;
  let form: string;
  before(async () => {
    stage = await openPimStage();
    form = (await stage.form('engineer', 'cognitive')).id;
  });
  after(() => stage.close());

  /** What the form says to what was typed; it is still a form, it is on record, and nothing was sent. */
  const turnedAway = async (typed: Typed): Promise<string> => {
    const before = { sent: (await stage.sent()).length, refusals: (await stage.refusals()).length };
    const answer = await stage.send('engineer', form, typed);
    assert.ok(hasButton(cardOf(answer), 'pim.ask'));
    assert.deepEqual((await stage.refusals()).slice(before.refusals), ['pim.form']);
    assert.equal((await stage.sent()).length, before.sent);
    return readIn(answer);
  };

  it('says what is wrong at the field it is about', async () => {
    const wrong: readonly [Typed, RegExp][] = [
      [{ reason: '' }, /Please write what you will do with it/],
      [{ reason: 'asap please' }, /“asap please” does not say what you will do with it/],
      [{ reason: 'Index is stuck' }, /at least 20 characters\. So far it has 14/],
      [{ reason: 'aaaaaaaaaaaaaaaaaaaaaaaaaaa' }, /the same again and again/],
      [{ ticketNumber: '' }, /Please write the number of your ticket\. One looks like INC-4711/],
      [{ ticketNumber: 'tomorrow' }, /“tomorrow” does not look like a ticket number/],
      [{ ticketSystem: 'Post-it' }, /Please choose where the ticket is: ServiceNow, Jira/],
      [{ minutes: '' }, /Please choose how long you need it/],
      [{ minutes: 'long' }, /Please choose how long you need it/],
      [{ minutes: '2' }, /Please choose how long you need it/],
      [{ minutes: '9999' }, /longer than this role allows/],
      [{ startDate: '2020-01-01', startTime: '08:00' }, /That time has passed/],
      [{ startDate: '2020-01-01' }, /Please give both a day and a time/],
      [{ startDate: 'soon', startTime: 'noon' }, /Please give both a day and a time/],
      [{ startDate: '2099-01-01', startTime: '08:00' }, /more than 30 days ahead/],
    ];
    for (const [typed, says] of wrong) assert.match(await turnedAway(typed), says, JSON.stringify(typed));
  });

  it('says all of it at once', async () => {
    const text = await turnedAway({ reason: '', ...needless, minutes: '9999' });
    assert.match(
      text,
      /longer than this role allows[\s\S]*Please write what you will do[\s\S]*number of your ticket/,
    );
  });

  it('keeps what was typed, and the same form goes through when it is put right', async () => {
    await turnedAway({ reason: 'Index is stuck', minutes: '30', ticketSystem: 'Jira', ticketNumber: 'AI-7' });
    const card = JSON.stringify((await stage.entry('engineer', form)).card);
    for (const value of ['Index is stuck', '30', 'Jira', 'AI-7'])
      assert.match(card, new RegExp(`"value":"${value}"`));
    const answer = await stage.send('engineer', form, { reason: goodReason });
    assert.match(readIn(answer), /Waiting for approval/);
  });
});

describe('pim.ask against a rule that only Entra knows', () => {
  let stage: PimStage;
  let id: string;
  before(async () => {
    stage = await openPimStage();
    id = (await stage.form('engineer', 'exchange-admin')).id;
  });
  after(() => stage.close());
  afterEach(() => stage.clearFaults());

  const path = 'ScheduleRequests';
  /** Entra refuses the form in these words, once, in both of its wire forms. */
  const refuseWith = (code: string, message: string, wrapped: boolean) => {
    const words = wrapped
      ? {
          code: 'UnknownError',
          message: JSON.stringify({ errorCode: code, message, instanceAnnotations: [] }),
        }
      : { code, message };
    return stage.fault({
      match: { service: 'graph', method: 'POST', path },
      do: { status: 400, body: { error: { ...words, innerError: {} } } },
    });
  };
  const rule = (...rules: readonly string[]) => `The following policy rules failed: ${JSON.stringify(rules)}`;
  const policyFailed = 'RoleAssignmentRequestPolicyValidationFailed';

  const atFields: readonly [string, RegExp][] = [
    ['JustificationRule', /Entra wants a reason for this role\. Please write one/],
    ['TicketingRule', /Entra wants a ticket for this role\. Please write its system and number/],
    ['ExpirationRule', /Entra does not allow this long any more\. Please choose a shorter time/],
  ];
  for (const [name, says] of atFields) {
    for (const wrapped of [false, true]) {
      it(`${name}, ${wrapped ? 'wrapped' : 'plain'}: the sentence stands at its field, and nothing was sent`, async () => {
        const before = { sent: (await stage.sent()).length, refusals: (await stage.refusals()).length };
        await refuseWith(policyFailed, rule(name), wrapped);
        const answer = await stage.send('engineer', id, needless);
        assert.match(readIn(answer), says);
        assert.ok(hasButton(cardOf(answer), 'pim.ask'));
        assert.deepEqual((await stage.refusals()).slice(before.refusals), ['pim.form']);
        assert.equal((await stage.sent()).length, before.sent);
      });
    }
  }

  it('several rules at once are several sentences', async () => {
    await refuseWith(policyFailed, rule('ExpirationRule', 'TicketingRule'), false);
    const text = readIn(await stage.send('engineer', id));
    assert.match(text, /Please choose a shorter time/);
    assert.match(text, /Entra wants a ticket/);
  });

  const sentences: readonly [string, string, string, RegExp][] = [
    [
      policyFailed,
      rule('EligibilityRule'),
      'pim.not-eligible',
      /You are not eligible for this role, or not any more/,
    ],
    ['RoleAssignmentDoesNotExist', 'The Role assignment does not exist.', 'pim.not-eligible', /not eligible/],
    [
      'RoleAssignmentExists',
      'The Role assignment already exists.',
      'pim.active-already',
      /You have this role now/,
    ],
    [
      'PendingRoleAssignmentRequest',
      'There is one.',
      'pim.asked-already',
      /You have asked for this role already/,
    ],
    ['RoleNotFound', 'The role is not found.', 'pim.role-gone', /Entra does not know this role/],
    ['SubjectNotFound', 'The subject is not found.', 'pim.role-gone', /Entra does not know/],
    ['ResourceNotFound', 'The resource is not found.', 'pim.role-gone', /Entra does not know this role/],
    ['InvalidScope', "The scope '/x' is invalid.", 'pim.role-gone', /or not at this place/],
    [
      'AadPremiumLicenseRequired',
      'The tenant needs to have Microsoft Entra ID P2.',
      'pim.no-licence',
      /no licence/,
    ],
    ['ResourceIsLocked', 'The resource is locked.', 'pim.locked', /Somebody is changing this role just now/],
  ];
  for (const [code, message, refusal, says] of sentences) {
    for (const wrapped of [false, true]) {
      it(`${code}${message.includes('EligibilityRule') ? ' (EligibilityRule)' : ''}, ${wrapped ? 'wrapped' : 'plain'}: one plain sentence`, async () => {
        const before = { sent: (await stage.sent()).length, refusals: (await stage.refusals()).length };
        await refuseWith(code, message, wrapped);
        const answer = await stage.send('engineer', id);
        assert.match(readIn(answer), says);
        assert.deepEqual((await stage.refusals()).slice(before.refusals), [refusal]);
        assert.equal((await stage.sent()).length, before.sent);
      });
    }
  }

  it('a bad schedule is said at the start', async () => {
    await refuseWith('InvalidRoleAssignmentRequestSchedule', 'The schedule is invalid.', false);
    const answer = await stage.send('engineer', id);
    assert.match(readIn(answer), /Entra does not accept this time\. Please choose another one/);
    assert.equal((await stage.refusals()).at(-1), 'pim.form');
  });

  it('of Azure says the same at the same fields', async () => {
    const blob = (await stage.form('engineer', 'blob-reader')).id;
    const error = { code: policyFailed, message: rule('TicketingRule', 'ExpirationRule') };
    await stage.fault({
      match: { service: 'azure', path: '/validate' },
      do: { status: 400, body: { error } },
    });
    const text = readIn(await stage.send('engineer', blob, needless));
    assert.match(text, /Entra wants a ticket for this role/);
    assert.match(text, /Please choose a shorter time/);
    assert.deepEqual(await stage.sent(), []);
  });

  it('of a group says the same', async () => {
    const group = (await stage.form('engineer', 'platform-admins')).id;
    await refuseWith(policyFailed, rule('JustificationRule'), true);
    assert.match(readIn(await stage.send('engineer', group)), /Entra wants a reason for this role/);
    assert.deepEqual(await stage.sent(), []);
  });

  it('that only strikes when the request is really sent is said all the same', async () => {
    await stage.fault({ match: { service: 'graph', method: 'POST', path }, do: { delayMs: 1 } });
    await refuseWith(policyFailed, rule('TicketingRule'), false);
    const answer = await stage.send('engineer', id, needless);
    assert.match(readIn(answer), /Entra wants a ticket for this role/);
    assert.ok(hasButton(cardOf(answer), 'pim.ask'));
    assert.equal((await stage.refusals()).at(-1), 'pim.form');
  });

  it('a permission that was taken away is no mistake of the person', async () => {
    const message =
      'Authorization failed due to missing permission scope RoleAssignmentSchedule.ReadWrite.Directory';
    const wrapped = JSON.stringify({
      errorCode: 'PermissionScopeNotGranted',
      message,
      instanceAnnotations: [],
    });
    await stage.fault({
      match: { service: 'graph', method: 'POST', path },
      do: { status: 403, body: { error: { code: 'UnknownError', message: wrapped, innerError: {} } } },
    });
    const answer = await stage.send('engineer', id);
    assert.match(
      readIn(answer),
      /Latchkey has not been given a permission that this needs\. Nothing was changed/,
    );
  });

  it('after all that the same form still goes through', async () => {
    const before = (await stage.sent()).length;
    const answer = await stage.send('engineer', id, needless);
    assert.match(readIn(answer), /Almost ready|Ready to use/);
    assert.equal((await stage.sent()).length - before, 1);
  });
});
