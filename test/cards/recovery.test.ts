import assert from 'node:assert/strict';
import { inOrder, shownCards } from './shown-cards.js';

const { fixtures, card, text, verbs, summary } = shownCards('recovery');

const named = (template: string): readonly string[] =>
  fixtures.filter((each) => each.template === `recovery/${template}`).map(({ name }) => name);
const viewOf = (template: string, name: string): Readonly<Record<string, unknown>> => ({
  ...Object(fixtures.find((each) => each.template === `recovery/${template}` && each.name === name)?.view),
});

describe('what people read who cannot sign in', () => {
  it('never the words of those who build sign-in', () => {
    for (const template of ['help', 'find', 'case', 'guide', 'change'])
      for (const name of named(template))
        assert.doesNotMatch(
          text(template, name),
          /FIDO|AAGUID|attestation|WebAuthn|credential|phishing/i,
          name,
        );
  });

  it('in each case that goes on: that nobody asks them for a code', () => {
    for (const name of named('case')) {
      const { state, mine } = viewOf('case', name);
      if (mine !== true || !['attest', 'issue', 'sign-in', 'clean-up'].includes(String(state))) continue;
      assert.match(text('case', name), /Nobody will ask you for a password or a code/, name);
    }
  });

  it('all states of a case, each in words of its own', () => {
    const states = new Set(named('case').map((name) => viewOf('case', name).state));
    const all = ['attest', 'issue', 'sign-in', 'clean-up', 'closed', 'refused', 'withdrawn'];
    assert.deepEqual(
      all.filter((state) => !states.has(state)),
      [],
    );
  });

  it('of a stolen device: what to do first, before what happens', () => {
    const name = named('case').find((each) => {
      const { kind, canSignOut } = viewOf('case', each);
      return kind === 'stolen' && canSignOut === true;
    });
    assert.ok(name, 'an example of a stolen device');
    inOrder(text('case', name), ['Do this first', 'Sign me out everywhere', 'What happens']);
  });
});

describe('what those read who vouch', () => {
  it('never a chat among the ways to make sure', () => {
    for (const name of named('attest').filter((each) => verbs('attest', each).includes('recovery.attest'))) {
      const [, choices = ''] = /"choices":\[([^\]]*)\]/.exec(JSON.stringify(card('attest', name))) ?? [];
      const values = [...choices.matchAll(/"value":"([^"]*)"/g)].map(([, way]) => way);
      assert.deepEqual(values, ['in-person', 'video', 'call-back'], name);
      assert.match(text('attest', name), /never by chat or mail/);
    }
  });
});

describe('the card with a code', () => {
  const withCode = named('pass').filter((name) => viewOf('pass', name).state === 'code');

  it('has no refresh, and one button that brings nothing back', () => {
    assert.ok(withCode.length > 0);
    for (const name of withCode) {
      assert.ok(!('refresh' in card('pass', name)), name);
      assert.deepEqual(verbs('pass', name), ['recovery.read-out'], name);
    }
  });

  it('tells nothing of it in a notification', () => {
    for (const name of withCode) {
      const found = fixtures.find((each) => each.template === 'recovery/pass' && each.name === name);
      assert.ok(found);
      assert.ok(!summary(found).includes(String(viewOf('pass', name).code)), name);
    }
  });

  it('is the only one that has a place for it', () => {
    for (const { template, name, view } of fixtures)
      if (template !== 'recovery/pass') assert.ok(!('code' in view), `${template}: ${name}`);
    for (const name of named('pass').filter((each) => !withCode.includes(each)))
      assert.equal(viewOf('pass', name).code, '', name);
  });
});
