import type { Server } from 'restify';
import { endPage, redirect } from './page.js';
import type { SignIn } from './sign-in.js';

/** Two small pages behind the Sign in button. The query is not logged anywhere: it holds a code. */
export function addSignInPages(server: Server, signIn: SignIn): void {
  server.get('/sign-in/start', async (req, res) => {
    const url = signIn.authorizeUrl(queryOf(req.url).get('request') ?? '');
    if (url === undefined) endPage(res, 400, { title: 'This link is too old', text: pressAgain });
    else redirect(res, url);
  });

  server.get('/sign-in/done', async (req, res) => {
    const query = queryOf(req.url);
    if (!signIn.isOurs(query.get('state') ?? '')) {
      endPage(res, 400, { title: 'This sign-in is too old', text: pressAgain });
      return;
    }
    if (query.has('error')) endPage(res, 200, { title: 'You are not signed in', text: notDone });
    else endPage(res, 200, { title: 'You are signed in', text: done });
  });
}

const pressAgain = 'Close this window, go back to the chat and press the button again.';
const done = 'You can close this window now. Go back to the chat and press the button again.';
const notDone =
  'Nothing was changed. Close this window and press the button again, or ask your administrator to allow Latchkey.';

function queryOf(url: string | undefined): URLSearchParams {
  return new URL(url ?? '/', 'http://bot').searchParams;
}
