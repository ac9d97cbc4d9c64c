import assert from 'node:assert/strict';
import { asRequirements } from '../../src/graph/access-package.js';
import { asRequest } from '../../src/graph/access-request.js';

const type = (name: string) => ({ '@odata.type': `#microsoft.graph.accessPackage${name}` });
const questionsOf = (questions: unknown) =>
  asRequirements({ value: [{ policyId: 'P', questions }] })[0]?.questions;

describe('what a policy asks', () => {
  it('is a form of its own for each policy', () => {
    const [requirement, bare] = asRequirements({
      value: [
        {
          policyId: 'P1',
          policyDisplayName: 'For a project',
          policyDescription: 'With questions',
          isApprovalRequiredForAdd: true,
          isApprovalRequiredForUpdate: false,
          isRequestorJustificationRequired: true,
          allowCustomAssignmentSchedule: true,
          schedule: { startDateTime: null, expiration: { type: 'afterDuration', duration: 'P90D' } },
          questions: [],
        },
        { policyId: 'P2', schedule: null, questions: null, policyDescription: null },
      ],
    });
    assert.deepEqual(requirement, {
      policyId: 'p1',
      policyName: 'For a project',
      policyDescription: 'With questions',
      reasonRequired: true,
      approvalRequired: true,
      approvalForUpdate: false,
      ownDatesAllowed: true,
      lasts: 'P90D',
      questions: [],
    });
    assert.deepEqual([bare?.lasts, bare?.questions, bare?.approvalRequired], ['', [], false]);
  });

  it('comes in its order, with its words in several languages', () => {
    const questions = questionsOf([
      {
        ...type('MultipleChoiceQuestion'),
        id: 'Q2',
        sequence: 1,
        text: 'Where?',
        isRequired: true,
        isAnswerEditable: false,
        isMultipleSelectionAllowed: true,
        choices: [
          { actualValue: 'VIE', text: 'Vienna', localizations: [{ languageCode: 'de', text: 'Wien' }] },
          { actualValue: 'DUB', text: null, localizations: null },
          { actualValue: null, text: 'Elsewhere' },
        ],
      },
      {
        ...type('TextInputQuestion'),
        id: 'Q1',
        sequence: 0,
        text: 'Which project?',
        localizations: [{ languageCode: 'de-AT', text: 'Welches Projekt?' }],
        isSingleLineQuestion: true,
        regexPattern: '^[A-Z]+-[0-9]+$',
      },
    ]);
    assert.deepEqual(questions, [
      {
        id: 'q1',
        text: 'Which project?',
        localizations: [{ language: 'de-AT', text: 'Welches Projekt?' }],
        required: false,
        editable: true,
        kind: 'text',
        singleLine: true,
        pattern: '^[A-Z]+-[0-9]+$',
        many: false,
        choices: [],
      },
      {
        id: 'q2',
        text: 'Where?',
        localizations: [],
        required: true,
        editable: false,
        kind: 'choice',
        singleLine: false,
        pattern: '',
        many: true,
        choices: [
          { value: 'VIE', text: 'Vienna', localizations: [{ language: 'de', text: 'Wien' }] },
          { value: 'DUB', text: 'DUB', localizations: [] },
          { value: 'Elsewhere', text: 'Elsewhere', localizations: [] },
        ],
      },
    ]);
  });

  it('is told by its type alone, and a kind that is new is not guessed', () => {
    const kinds = questionsOf([
      { id: '1', ...type('TextInputQuestion'), regexPattern: null, isSingleLineQuestion: null },
      { id: '2', '@odata.type': 'microsoft.graph.accesspackagetextinputquestion' },
      { id: '3', ...type('MultipleChoiceQuestion'), choices: [] },
      { id: '4', ...type('HoroscopeQuestion'), choices: [{ actualValue: 'a' }] },
      { id: '5' },
    ])?.map(({ kind }) => kind);
    assert.deepEqual(kinds, ['text', 'text', 'other', 'other', 'other']);
  });

  it('is never one question less because one of them makes no sense', () => {
    for (const odd of [{ text: 'No id' }, null, 'Why?']) {
      assert.throws(() => questionsOf([{ id: '1', ...type('TextInputQuestion') }, odd]), {
        code: 'graph.broken-answer',
      });
    }
    assert.throws(() => questionsOf('none'), { code: 'graph.broken-answer' });
  });
});

describe('a request for a package', () => {
  it('carries the answers, the dates that were wished for, and whose access it is about', () => {
    const request = asRequest({
      id: 'R',
      requestor: { id: 'record', objectId: 'BOSS', displayName: 'Bo' },
      assignment: { id: 'A', target: { id: 'record', objectId: 'MINA', displayName: 'Mina' } },
      answers: [
        {
          ...type('AnswerString'),
          value: 'VIE',
          displayValue: 'Vienna',
          answeredQuestion: { ...type('MultipleChoiceQuestion'), id: 'Q2', text: 'Where?' },
        },
        { ...type('AnswerString'), value: 'NORD-12', displayValue: null, answeredQuestion: { id: 'Q1' } },
        { ...type('AnswerString'), value: 'x', answeredQuestion: null },
      ],
      schedule: {
        startDateTime: '2026-12-01T00:00:00Z',
        expiration: { type: 'afterDateTime', endDateTime: '2026-12-21T00:00:00Z', duration: null },
      },
    });
    assert.deepEqual(request.answers, [
      { questionId: 'q2', question: 'Where?', value: 'VIE', display: 'Vienna' },
      { questionId: 'q1', question: '', value: 'NORD-12', display: 'NORD-12' },
      { questionId: '', question: '', value: 'x', display: 'x' },
    ]);
    assert.deepEqual([request.startsAt, request.endsAt], ['2026-12-01T00:00:00Z', '2026-12-21T00:00:00Z']);
    assert.deepEqual([request.requestorId, request.targetId, request.targetName], ['boss', 'mina', 'Mina']);
  });

  it('is about whoever made it where nobody else is named', () => {
    const requestor = { objectId: 'MINA', displayName: 'Mina' };
    for (const assignment of [null, {}, { target: null }, { target: { objectId: '', displayName: '' } }]) {
      const { targetId, targetName } = asRequest({ id: 'r', requestor, assignment });
      assert.deepEqual([targetId, targetName], ['mina', 'Mina']);
    }
  });

  it('may have no answers and no dates, in several spellings', () => {
    for (const odd of [
      {},
      { answers: null, schedule: null },
      { answers: [], schedule: { startDateTime: null, expiration: { type: 'notSpecified' } } },
      { answers: 'none', schedule: 'later' },
    ]) {
      const { answers, startsAt, endsAt } = asRequest({ id: 'r', ...odd });
      assert.deepEqual([answers, startsAt, endsAt], [[], '', '']);
    }
  });
});
