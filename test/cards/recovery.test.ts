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

describe('what a card says is so, at every step', () => {
  it('a first day: nothing of being in again, of a device that is gone, or of what to take away', () => {
    const of = ['attest', 'case', 'guide', 'issue', 'told'].flatMap((template) =>
      named(template)
        .filter((name) => {
          const { kind, starter } = viewOf(template, name);
          return kind === 'starter' || starter === true;
        })
        .map((name) => [template, name] as const),
    );
    assert.ok(of.length > 8, `${of.length} examples`);
    for (const [template, name] of of)
      assert.doesNotMatch(
        text(template, name),
        /\bin again\b|what is gone|what was lost|not have any more|no longer have|are back|on their feet|the device can/i,
        `${template}: ${name}`,
      );
  });

  it('a case that is over: nothing is still to do, and no pass is good until any time', () => {
    for (const name of named('issue').filter((each) =>
      ['closed', 'refused', 'withdrawn'].includes(String(viewOf('issue', each).state)),
    ))
      assert.doesNotMatch(text('issue', name), /[Ss]till to do|Good until/, name);
    for (const name of named('told').filter((each) => viewOf('told', each).state === 'closed'))
      assert.doesNotMatch(text('told', name), /needs help|stands still/, name);
  });

  it('somebody is back on their feet only where a new passkey was seen', () => {
    assert.match(text('told', 'closed'), /Back on their feet/);
    assert.match(text('told', 'closed, and no new passkey'), /^A case is over/);
    assert.match(text('attest', 'closed'), /They are back/);
    assert.match(text('attest', 'closed, and no new passkey'), /^The case is over/);
  });

  it('whoever opened it and is asked to vouch as well is not told to do nothing', () => {
    const asked = text('case', 'opened for somebody, and asked to vouch');
    assert.match(asked, /You are asked as well/);
    assert.doesNotMatch(asked, /need not do anything/);
  });

  it('ten minutes only to whoever has a pass for one sign-in', () => {
    for (const name of named('guide').filter((each) => viewOf('guide', each).step === 'first'))
      assert.equal(/ten minutes/.test(text('guide', name)), viewOf('guide', name).once === true, name);
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
