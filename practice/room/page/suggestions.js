// @ts-check

/** Something to say for somebody who sees Latchkey for the first time. @type {Record<string, string[]>} */
const forPerson = {
  engineer: ['I need the research assistant', 'What can I ask for?', 'What access do I have?'],
  manager: ['What waits for me?', 'What can you do?'],
  security: ['What waits for me?', 'What can you do?'],
  helpdesk: ['What waits for me?', 'What can you do?'],
  finance: ['I lost my phone', 'I need the research assistant'],
  starter: ['I need the research assistant', 'What can you do?'],
  guest: ['I need the prompt library', 'What can I ask for?'],
  appowner: ['What waits for me?', 'What can you do?'],
  outsider: ['I need the research assistant'],
};

/** @param {string} key */
export function suggestionsFor(key) {
  return forPerson[key] ?? ['What can you do?'];
}
