import { appId } from '../../practice/world/people.js';

export const toast = (text: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
});
export const newCard = (card: unknown) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: card,
});
/** With an `id`, Teams may try silently first. */
export const loginRequest = ({ id, url = 'http://127.0.0.1/auth' }: { id?: string; url?: string }) => ({
  statusCode: 401,
  type: 'application/vnd.microsoft.activity.loginRequest',
  value: {
    text: 'Please sign in',
    connectionName: 'graph',
    buttons: [{ type: 'signin', title: 'Sign in', value: url }],
    ...(id ? { tokenExchangeResource: { id, uri: `api://botid-${appId}` } } : {}),
  },
});
export const preconditionFailed = () => ({
  statusCode: 412,
  type: 'application/vnd.microsoft.error.preconditionFailed',
  value: { code: '412', message: 'The token could not be exchanged.' },
});

export const withCard = (card: unknown) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
});
