import { stableId } from './ids.js';
import type { Choice, LocalText, Question } from './package-shape.js';

/** Their ids are the same in every world. */
export const projectQuestionIds = {
  project: stableId('question workshop project'),
  purpose: stableId('question workshop purpose'),
  site: stableId('question workshop site'),
  data: stableId('question workshop data'),
};

/** What the workshop wants to know about a project: one question of each kind. */
export const projectQuestions: readonly Question[] = [
  {
    id: projectQuestionIds.project,
    ...inBoth('Which project is it for? (as NORD-12)', 'Für welches Projekt? (wie NORD-12)'),
    isRequired: true,
    isAnswerEditable: false,
    asks: { kind: 'text', singleLine: true, pattern: '^[A-Z]{2,6}-[0-9]{1,4}$' },
  },
  {
    id: projectQuestionIds.purpose,
    ...inBoth('What will the agents do?', 'Was sollen die Agenten tun?'),
    isRequired: false,
    isAnswerEditable: true,
    asks: { kind: 'text', singleLine: false, pattern: null },
  },
  {
    id: projectQuestionIds.site,
    ...inBoth('Where will they run?', 'Wo werden sie laufen?'),
    isRequired: true,
    isAnswerEditable: true,
    asks: {
      kind: 'choice',
      many: false,
      choices: [
        choice('VIE', 'Vienna', 'Wien'),
        choice('DUB', 'Dublin', 'Dublin'),
        choice('LAB', 'Only in the lab', 'Nur im Labor'),
      ],
    },
  },
  {
    id: projectQuestionIds.data,
    ...inBoth('Which data will they read?', 'Welche Daten werden sie lesen?'),
    isRequired: false,
    isAnswerEditable: true,
    asks: {
      kind: 'choice',
      many: true,
      choices: [
        choice('public', 'Public', 'Öffentliche'),
        choice('internal', 'Internal', 'Interne'),
        choice('restricted', 'Restricted', 'Vertrauliche'),
      ],
    },
  },
];

function inBoth(en: string, de: string): { readonly text: string; readonly localizations: LocalText[] } {
  const localizations = [
    { languageCode: 'de', text: de },
    { languageCode: 'en', text: en },
  ];
  return { text: en, localizations };
}

function choice(actualValue: string, en: string, de: string): Choice {
  return { actualValue, ...inBoth(en, de) };
}
