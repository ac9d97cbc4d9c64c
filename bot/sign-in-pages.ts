import type { ServerResponse } from 'node:http';
import type { Server } from 'restify';
import { endPage, redirect } from './page.js';
import type { SignIn } from './sign-in.js';
import type { SignInWindows } from './sign-in-windows.js';
import { createTeamsScript, type TeamsScript } from './teams-script.js';
import { type Telling, telling, type WindowOutcome } from './telling.js';

export interface SignInPageParts {
  readonly signIn: SignIn;
  readonly windows: SignInWindows;
  readonly publicUrl: string;
}

/** Two small pages behind the Sign in button, and the one script they load. No query is logged: it holds a code. */
export function addSignInPages(server: Server, { signIn, windows, publicUrl }: SignInPageParts): void {
  const library = createTeamsScript();
  const tell = (outcome: WindowOutcome): Telling =>
    telling(outcome, { address: `${publicUrl}${scriptPath}`, library: library() });

  server.get('/sign-in/start', async (req, res) => {
    const url = signIn.authorizeUrl(queryOf(req.url).get('request') ?? '');
    if (url === undefined) endPage(res, 400, { title: 'This link is too old', text: pressAgain });
    else redirect(res, url);
  });

  server.get('/sign-in/done', async (req, res) => {
    const query = queryOf(req.url);
    const [state, code] = [query.get('state') ?? '', query.get('code') ?? ''];
    const back = signIn.cameBack(state);
    if (back === undefined) {
      endPage(res, 400, { title: 'This sign-in is too old', text: pressAgain });
    } else if (code === '' || code.length > longestCode) {
      const failed = 'not-signed-in';
      endPage(res, 200, { title: 'You are not signed in', text: notDone, telling: tell({ failed }) });
    } else {
      const sealed = back.sealed(code);
      windows.closed(back.person, sealed);
      endPage(res, 200, { title: 'You are signed in', text: done, telling: tell({ state: sealed }) });
    }
  });

  server.get(scriptPath, async (req, res) => endScript(res, library(), queryOf(req.url).get('v')));
}

/** While instances are replaced, one may be asked for the library of another: that answer must not be kept. */
function endScript(res: ServerResponse, { body, version }: TeamsScript, wanted: string | null): void {
  res.writeHead(200, {
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': body.length,
    'cache-control': wanted === version ? 'public, max-age=31536000, immutable' : 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  res.end(body);
}

const scriptPath = '/sign-in/teams.js';
const longestCode = 4_000;
const pressAgain = 'Close this window, go back to the chat and press the button again.';
const done =
  'You can close this window now. Go back to the chat: if it does not go on by itself, press the button again.';
const notDone =
  'Nothing was changed. Close this window and press the button again, or ask your administrator to allow Latchkey.';

function queryOf(url: string | undefined): URLSearchParams {
  return new URL(url ?? '/', 'http://bot').searchParams;
}
