import { errorMaker, isAppError } from '../base/errors.js';

export const graphErrors = {
  'graph.forbidden': {
    retry: 'no',
    says: 'Entra does not let you do this.',
    next: 'If you think it should, ask your administrator and give them the reference.',
  },
  'graph.scope-missing': {
    retry: 'no',
    says: 'Latchkey has not been given a permission that this needs. Nothing was changed.',
    next: 'Tell your administrator: the doctor command says which permission it is.',
  },
  'graph.not-found': {
    retry: 'no',
    says: 'Entra does not know this any more.',
    next: 'Write to me what you need, and you get the current state.',
  },
  'graph.conflict': {
    retry: 'no',
    says: 'This was decided or changed by somebody else in the meantime.',
    next: 'Look at how it stands now before you go on.',
  },
  'graph.bad-request': {
    retry: 'no',
    says: 'Entra did not accept this. Nothing was changed.',
    next: 'Use the link to the portal, or give your administrator the reference.',
  },
  'graph.throttled': {
    retry: 'later',
    says: 'Entra is very busy just now. Nothing was changed.',
    next: 'Please press the button again in a minute.',
  },
  'graph.unavailable': {
    retry: 'later',
    says: 'Entra is not answering just now. Nothing was changed.',
    next: 'Please press the button again in a minute.',
  },
  'graph.timed-out': {
    retry: 'later',
    says: 'Entra took too long to answer. Nothing was changed.',
    next: 'Please press the button again in a minute.',
  },
  'graph.fate-unknown': {
    retry: 'later',
    says: 'Entra was told, but its answer got lost: it may or may not be done.',
    next: 'Wait a moment. The card will show what Entra has recorded.',
  },
  'graph.broken-answer': {
    retry: 'later',
    says: 'Entra gave an answer that makes no sense.',
    next: 'Please try again later, or use the link to the portal.',
  },
  'graph.paging-loop': {
    retry: 'later',
    says: 'Entra sent the same page of a list again and again.',
    next: 'Please try again later, or use the link to the portal.',
  },
  'graph.dependency-failed': {
    retry: 'no',
    says: 'This was not tried, because a step before it failed.',
    next: 'Look at the step before it.',
  },
} as const;

export const graphError = errorMaker(graphErrors);

/** Entra does not know it any more; any other trouble says nothing about that. */
export function isNotFound(error: unknown): boolean {
  return isAppError(error) && error.code === 'graph.not-found';
}
