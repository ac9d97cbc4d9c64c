import { type Person, people, tenantId } from '../world/people.js';
import type { AuthorizeRequest } from './authorize-request.js';

export function consentPage(request: AuthorizeRequest, person: Person, query: string): string {
  const stepUp =
    request.acrs.length > 0
      ? `<p>Accepting also counts as the stronger sign-in that was asked for (${safe(request.acrs.join(', '))}).</p>`
      : '';
  return page(`
    <h1>Latchkey asks for permission</h1>
    <p>You are signed in as <strong>${safe(person.displayName)}</strong> (${safe(person.userPrincipalName)}).</p>
    <p>The bot wants to do this in your name:</p>
    <ul>${wishes(request)
      .map((wish) => `<li>${safe(wish)}</li>`)
      .join('')}</ul>
    ${stepUp}
    <form method="post">
      <input type="hidden" name="request" value="${safe(query)}">
      <input type="hidden" name="person" value="${safe(person.key)}">
      <button name="answer" value="accept">Accept</button>
      <button name="answer" value="cancel">Cancel</button>
    </form>`);
}

export function pickPage(query: URLSearchParams): string {
  const links = people
    .filter((person) => person.tenantId === tenantId)
    .map((person) => {
      const with_ = new URLSearchParams(query);
      with_.set('login_hint', person.userPrincipalName);
      return `<li><a href="?${safe(with_.toString())}">${safe(person.displayName)}</a>, ${safe(person.jobTitle)}</li>`;
    });
  return page(`<h1>Who signs in?</h1><ul>${links.join('')}</ul>`);
}

export function problemPage(message: string): string {
  return page(
    `<h1>This sign-in cannot go on</h1><p>${safe(message)}</p><p>Go back to the app and start again.</p>`,
  );
}

function wishes({ wanted }: AuthorizeRequest): readonly string[] {
  if (wanted.resource === 'graph') return wanted.scopes.length > 0 ? wanted.scopes : ['Sign you in'];
  return wanted.resource === 'bot' ? ['Know who you are'] : ['Everything an administrator has agreed to'];
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Practice sign-in</title>
  <style>
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; }
    button { font: inherit; padding: 0.4rem 1.2rem; margin-right: 0.5rem; }
  </style>
</head>
<body>${content}
  <p><small>Practice tenant: nobody is really signed in here.</small></p>
</body>
</html>
`;
}

// The page shows names and parameters that came from outside.
function safe(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
