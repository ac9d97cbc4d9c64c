// @ts-check

/** Something to say for somebody who sees Latchkey for the first time. @type {Record<string, string[]>} */
const forPerson = {
  engineer: [
    'I need the research assistant',
    'I need AI admin for an hour',
    'My phone was stolen',
    'What can I ask for?',
  ],
  finance: ['I need the research assistant', 'I lost my phone', 'What can I ask for?'],
  starter: ['I need the research assistant', 'What can you do?'],
  manager: [
    'My access reviews',
    'My report lost their phone',
    'A new colleague starts next week',
    'What can you do?',
  ],
  security: ['My access reviews', 'Reviews plan', 'Open cases', 'Passkey report'],
  appowner: ['My access reviews', 'I cannot sign in', 'What can you do?'],
  helpdesk: ['My access reviews', 'Open cases', 'I lost my security key', 'What can you do?'],
  guest: ['I need the prompt library', 'What can I ask for?'],
  outsider: ['I need the research assistant'],
};

/** @param {string} key */
export function suggestionsFor(key) {
  return forPerson[key] ?? ['What can you do?', 'I need the prompt library'];
}
