import assert from 'node:assert/strict';
import { error, ok, safely, warning } from '../../scripts/doctor/finding.js';
import { asJson, asText, exitCode } from '../../scripts/doctor/report.js';
import { sentences, told } from './told.js';

const advice = { what: 'The door is open.', why: 'It is cold.', fix: 'Close it.' };

describe('doctor: report', () => {
  it('takes one line for what is fine, and says why and what to do for the rest', () => {
    const text = asText([ok('a.b', 'Fine.'), warning('c.d', advice)]);
    assert.match(text, /^ok +a\.b: Fine\.$/m);
    assert.match(text, /c\.d: The door is open\.\n +Why: It is cold\.\n +Fix: Close it\./);
    assert.match(text, /0 errors, 1 warning\.$/);
  });

  it('says the same to a machine', () => {
    const json = JSON.parse(asJson([error('c.d', advice)]));
    assert.deepEqual(json, { errors: 1, warnings: 0, findings: [{ kind: 'error', id: 'c.d', ...advice }] });
  });

  it('fails for errors and not for warnings', () => {
    assert.equal(exitCode([ok('a.b', 'Fine.'), warning('c.d', advice)]), 0);
    assert.equal(exitCode([warning('c.d', advice), error('c.d', advice)]), 1);
  });

  it('makes a finding of a check that breaks, without what the error says', async () => {
    const findings = await safely('a.b', () => {
      throw new TypeError('connect to postgres://bot:hunter2@db');
    });
    assert.deepEqual(told(findings), ['error a.b']);
    assert.doesNotMatch(sentences(findings), /hunter2/);
  });
});
