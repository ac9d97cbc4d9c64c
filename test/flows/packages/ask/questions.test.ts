import assert from 'node:assert/strict';
import { earlierAnswers, fixedAmong } from '../../../../src/flows/packages/ask/earlier.js';
import { inLanguage, questionViews } from '../../../../src/flows/packages/ask/question-views.js';
import type { Question } from '../../../../src/graph/entitlement.js';

const question: Question = {
  id: 'site',
  text: 'Where?',
  localizations: [{ language: 'de', text: 'Wo?' }],
  required: true,
  editable: false,
  kind: 'choice',
  singleLine: false,
  pattern: '',
  many: false,
  choices: [{ value: 'VIE 1', text: 'Vienna', localizations: [{ language: 'de', text: 'Wien' }] }],
};
const texts = [
  { language: 'de', text: 'Deutsch' },
  { language: 'de-AT', text: 'Österreichisch' },
  { language: 'fr', text: '' },
];

describe('questions on the form of a package', () => {
  it('are asked in the reader’s language, as near as there is one', () => {
    assert.equal(inLanguage('de-AT', 'English', texts), 'Österreichisch');
    assert.equal(inLanguage('de-CH', 'English', texts), 'Deutsch');
    assert.equal(inLanguage('fr-FR', 'English', texts), 'English');
    assert.equal(inLanguage('', 'English', texts), 'English');
  });

  it('come with what was answered before, chosen or typed', () => {
    const asked = {
      language: 'de',
      typed: new Map([['site', 'VIE 1']]),
      fixed: new Set<string>(),
      problems: {},
    };
    const [view] = questionViews([question], asked);
    assert.deepEqual([view?.id, view?.label, view?.value], ['q-site', 'Wo?', 'VIE%201']);
    assert.deepEqual(view?.choices, [{ title: 'Wien', value: 'VIE%201' }]);
  });

  it('that stay as they are, are shown and not asked', () => {
    const asked = {
      language: 'de',
      typed: new Map([['site', 'VIE 1']]),
      fixed: new Set(['site']),
      problems: {},
    };
    const [view] = questionViews([question], asked);
    assert.deepEqual([view?.kind, view?.value, view?.choices], ['shown', 'Wien', []]);
  });

  it('a pattern that no client can read does not reach one', () => {
    const asked = { language: '', typed: new Map(), fixed: new Set<string>(), problems: {} };
    const [view] = questionViews([{ ...question, kind: 'text', pattern: '(?i)x' }], asked);
    assert.equal(view?.pattern, '');
  });

  it('the latest answers count, and only a renewal keeps what cannot be changed', () => {
    const from = { state: 'delivered', assignmentId: 'a1' };
    const answered = (createdAt: string, value: string) => ({
      ...from,
      createdAt,
      answers: [{ questionId: 'SITE', question: 'Where?', value, display: value }],
    });
    const requests = [
      answered('2026-01-01', 'old'),
      answered('2026-05-01', 'new'),
      { ...from, createdAt: '2026-06-01', answers: [] },
    ];
    const held = { id: 'a1' };
    assert.equal(earlierAnswers(requests).get('site'), 'new');
    assert.equal(fixedAmong([question], requests, held).get('site'), 'new');
    assert.equal(fixedAmong([question], requests, undefined).size, 0);
    assert.equal(fixedAmong([{ ...question, editable: true }], requests, held).size, 0);
  });
});
