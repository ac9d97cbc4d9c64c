import assert from 'node:assert/strict';
import { inOrder, shownCards } from './shown-cards.js';

const { fixtures, text, buttons, verbs, summary } = shownCards('pim');

describe('what approvers and owners read about roles', () => {
  it('an approver: who, which role, what it can do, for how long, how often, why', () => {
    inOrder(text('decide', 'ordinary'), [
      'Ayumi Fernqvist asks for Security Administrator',
      'AI Platform Engineer, AI Platform',
      'whole directory',
      'Privileged',
      'change how the organisation protects itself',
      '2 hours',
      'when it is approved',
      'ServiceNow INC-4711',
      '3 times in 30 days',
      'Decide by',
      'Why they need it',
      'switch off the sign-in risk rule',
      'Also asked: Wanjiru Halvorsen. The first decision counts.',
      'Comment to the requester (needed if you deny)',
      'Approve',
      'Deny',
    ]);
    assert.deepEqual(verbs('decide', 'ordinary'), ['pim.approve', 'pim.deny']);
  });

  it('an approver: a guest, and who answers for them; a first time', () => {
    inOrder(text('decide', 'guest'), ['Guest.', 'Ingrid Balasuntharam', 'once in 30 days']);
    assert.match(text('decide', 'guest without a sponsor'), /Entra names nobody who answers for them/);
    assert.match(text('decide', 'first time'), /\*\*The first time\*\* that I know of/);
    assert.doesNotMatch(text('decide', 'ordinary'), /Guest|first time/);
  });

  it('an approver who has not seen the reason yet: looks before deciding', () => {
    const said = text('decide', 'incomplete');
    assert.match(said, /Entra shows the reason, the ticket and the time only to those who decide/);
    assert.doesNotMatch(said, /No reason was given|No end date|Why they need it/);
    assert.deepEqual(verbs('decide', 'incomplete'), ['pim.show']);
  });

  it('whoever may not decide here: why, and no buttons that decide', () => {
    assert.match(text('decide', 'not by a guest'), /Guests do not decide about this role/);
    for (const name of ['not by a guest', 'only in the portal']) {
      assert.deepEqual(verbs('decide', name), []);
    }
  });

  it('what waits for me: a row names its request', () => {
    const [first] = buttons('approvals', 'ordinary');
    assert.deepEqual([first?.verb, Object.keys(first?.data ?? {})], ['pim.approval', ['kind', 'id']]);
    assert.match(text('approvals', 'none, groups missing'), /^I found no request for you/m);
  });

  it('emergency: loud, with everything that is known, and what follows', () => {
    inOrder(text('emergency', 'ordinary'), [
      'Emergency role activated',
      'Ayumi Fernqvist: Exchange Administrator',
      'From',
      'Until',
      'mail of the whole Vienna office',
      'It stays open until somebody answers.',
      'If this surprises you, call them now',
    ]);
    assert.deepEqual(verbs('emergency', 'ordinary'), []);
    inOrder(text('emergency', 'waiting'), ['Emergency role asked for', 'It is not active yet']);
  });

  it('looking back: what was done, what failed, and that nothing was done', () => {
    inOrder(text('look-back', 'ordinary'), [
      'What Ayumi Fernqvist did with Security Administrator',
      '3 changes, and 1 try that failed',
      '{{TIME(2026-11-19T08:24:03Z)}} to {{TIME(2026-11-19T09:55:12Z)}}',
      '**Look at this:** changed a Conditional Access policy, 2 times: Risky sign-ins, Vienna',
      '\n**Tried, and failed:** deleted a user: Noor Achterberg',
      'Their reason: ',
      'As expected',
      'Look into it',
    ]);
    assert.match(text('look-back', 'nothing done'), /^Nothing\nThis is all that the log/m);
    assert.match(text('look-back', 'nothing so far'), /^Nothing so far\nEntra may still add/m);
    assert.match(text('look-back', 'log not read'), /^I do not know\nThe log of Entra could not be read/m);
    assert.match(text('look-back', 'emergency'), /stays open until somebody other than them/);
    assert.deepEqual(verbs('look-back', 'ordinary'), ['pim.expected', 'pim.question']);
  });

  it('looking back: what is dangerous comes first and is marked, and the same thing many times is one line', () => {
    inOrder(text('look-back', 'high'), [
      '2 changes, and 1 try that failed',
      '**Look at this:** added a secret to an enterprise application: Retrieval connector',
      '**Look at this:** **Tried, and failed:** gave somebody a role: Noor Achterberg',
      '\ndeleted a user: Noor Achterberg',
    ]);
    inOrder(text('look-back', 'times'), [
      '621 changes\nThis is all',
      '**Look at this:** added a secret to an enterprise application: Retrieval connector',
      '{{TIME(2026-11-19T08:31:40Z)}} to {{TIME(2026-11-19T10:19:58Z)}}\nchanged a user, 620 times: Noor',
    ]);
  });

  it('looking back at more than could be read: says so, and never that this is all', () => {
    for (const [name, head] of [
      ['cut', 'At least 4,999 changes'],
      ['cut, nothing found', 'Nothing in what I read'],
    ] as const) {
      const said = text('look-back', name);
      inOrder(said, [`\n${head}\nThere is more than I read. Look in the audit log of Entra.\n`]);
      assert.doesNotMatch(said, /This is all|^Nothing$/m);
    }
    const lines = fixtures.filter(({ name }) => name.startsWith('cut')).map(summary);
    assert.match(lines.join('\n'), /: at least 4,999 done, 0 failed\.\n.*: there is more than I read\.$/);
  });

  it('findings: each with a reason, and a way to where it can be put right', () => {
    inOrder(text('findings', 'ordinary'), [
      '7 things to put right',
      'Never activated',
      'in the 120 days I know of',
      'Active all the time',
      'Too easy to activate',
      'No reason is asked for. Up to 8 hours; 2 hours should do.',
    ]);
    assert.deepEqual(verbs('findings', 'ordinary'), ['pim.findings']);
    assert.match(text('findings', 'nothing, and not all could be read'), /^I found nothing to put right/m);
  });
});
