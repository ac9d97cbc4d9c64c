import { errorMaker } from '../src/base/errors.js';

export const botErrors = {
  'bot.bad-action': {
    retry: 'no',
    says: 'I could not read what came with that button. Nothing was changed.',
    next: 'Write to me what you need, and you get a fresh card.',
  },
  'bot.not-personal': {
    retry: 'no',
    says: 'Everybody here would see the answer to that button. Nothing was changed.',
    next: 'Press it in your personal chat with me, or write to me there.',
  },
  'bot.file-address': {
    retry: 'no',
    says: 'I put files into your own OneDrive only, and that is not where this one was to go. Nothing was saved.',
    next: 'Ask for the file again. If the same happens, tell your administrator, with the reference.',
  },
  'bot.file-not-offered': {
    retry: 'later',
    says: 'Teams did not take my offer of that file.',
    next: 'Please press the button again.',
  },
  'bot.file-not-saved': {
    retry: 'later',
    says: 'Your OneDrive did not say that it took the file, so do not count on it.',
    next: 'Ask for the file again, and allow the new one.',
  },
  'bot.unexpected': {
    retry: 'later',
    says: 'Something went wrong on our side.',
    next: 'Look at the card in a minute: if nothing changed, press the button again.',
  },
  'bot.late': {
    retry: 'later',
    says: 'This takes longer than it should, and I stopped waiting for it.',
    next: 'Look at the card in a minute: if nothing changed, press the button again.',
  },
  'bot.teams-busy': {
    retry: 'later',
    says: 'Teams asks the bot to slow down.',
    next: 'It is sent again by itself.',
  },
  'bot.teams-unreachable': {
    retry: 'later',
    says: 'Teams does not answer the bot just now.',
    next: 'It is sent again by itself.',
  },
  'bot.teams-refused': {
    retry: 'later',
    says: 'Teams does not accept the identity of the bot.',
    next: 'Tell your administrator: the doctor command says what is wrong.',
  },
  'bot.message-refused': {
    retry: 'no',
    says: 'Teams does not accept what the bot wanted to send.',
    next: 'Tell your administrator, with the reference.',
  },
  'bot.unknown-service': {
    retry: 'no',
    says: 'The bot does not send to that address.',
    next: 'Tell your administrator: LATCHKEY_SERVICE_HOSTS names further hosts.',
  },
} as const;

export const botError = errorMaker(botErrors);
