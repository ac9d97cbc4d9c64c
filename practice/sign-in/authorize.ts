import type { PracticeContext } from '../context.js';
import type { PracticeRequest, PracticeResponse } from '../http/router.js';
import type { Person } from '../world/people.js';
import { type AuthorizeRequest, authorizeRequest, personNamed } from './authorize-request.js';
import type { CodeBook } from './code-book.js';
import { consentPage, pickPage, problemPage } from './consent-page.js';
import { StsRefusal } from './sts-error.js';
import { checkTenant } from './token-endpoint.js';

/** The page that shows who signs in and what the bot asks for. */
export function showConsent(ctx: PracticeContext, req: PracticeRequest): PracticeResponse {
  return orProblemPage(() => {
    checkTenant(req.params.tenant ?? '', req.query.get('client_id') ?? '');
    const request = authorizeRequest(ctx, req.query);
    const hint = req.query.get('login_hint') ?? req.query.get('person') ?? personCookie(req.headers.cookie);
    const person = personNamed(hint);
    return html(200, person ? consentPage(request, person, req.query.toString()) : pickPage(req.query));
  });
}

/** Somebody pressed Accept or Cancel on that page. */
export function answerConsent(ctx: PracticeContext, codes: CodeBook, req: PracticeRequest): PracticeResponse {
  return orProblemPage(() => {
    const form = new Map(Object.entries(req.body ?? {}).map(([name, value]) => [name, String(value)]));
    const query = new URLSearchParams(form.get('request') ?? '');
    checkTenant(req.params.tenant ?? '', query.get('client_id') ?? '');
    const request = authorizeRequest(ctx, query);
    const person = personNamed(form.get('person'));
    if (!person) return html(400, problemPage('Nobody of that name works here.'));
    return redirect(
      request,
      form.get('answer') === 'accept' ? accepted(ctx, codes, request, person) : refused,
    );
  });
}

const refused = {
  error: 'access_denied',
  error_description: 'AADSTS65004: User declined to consent to access the app.',
};

function accepted(
  ctx: PracticeContext,
  codes: CodeBook,
  request: AuthorizeRequest,
  person: Person,
): Record<string, string> {
  const { redirectUri, scope, acrs, nonce, challenge, wish } = request;
  ctx.tenant.consents.changePerson(person.id, { grant: wish.scopes });
  return { code: codes.issue({ person, redirectUri, scope, acrs, nonce, challenge }) };
}

function redirect(request: AuthorizeRequest, fields: Record<string, string>): PracticeResponse {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  if (request.state !== undefined) url.searchParams.set('state', request.state);
  return { status: 302, headers: { location: url.href } };
}

function orProblemPage(work: () => PracticeResponse): PracticeResponse {
  try {
    return work();
  } catch (error) {
    // Nothing is sent to a reply address that was not checked: the person sees the problem here.
    if (error instanceof StsRefusal)
      return html(400, problemPage(`AADSTS${error.problem.number}: ${error.message}`));
    throw error;
  }
}

function html(status: number, page: string): PracticeResponse {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: page,
  };
}

function personCookie(header: string | undefined): string | undefined {
  return /(?:^|; *)person=([^;]+)/.exec(header ?? '')?.[1];
}
