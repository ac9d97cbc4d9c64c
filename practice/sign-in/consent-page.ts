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

function wishes({ wish }: AuthorizeRequest): readonly string[] {
  const asked = [
    ...(wish.bot ? ['Know who you are'] : []),
    ...wish.scopes,
    ...(wish.everything ? ['Everything an administrator has agreed to'] : []),
  ];
  return asked.length > 0 ? asked : ['Sign you in'];
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Practice sign-in</title>
  <style>
    :root { color-scheme: light dark; }
    body {
      font: 15px/1.5 "Segoe UI", Selawik, Arial, "Liberation Sans", sans-serif;
      max-width: 26rem; margin: 3rem auto; padding: 2rem; border-radius: 8px;
      color: light-dark(#242424, #fff); background: light-dark(#fff, #292929);
      box-shadow: 0 2px 12px rgb(0 0 0 / 15%);
    }
    html { background: light-dark(#f5f5f5, #1a1a1a); }
    h1 { font-size: 1.35rem; margin: 0 0 0.8rem; }
    li { margin: 0.2rem 0; overflow-wrap: anywhere; }
    a { color: light-dark(#4f52b2, #9ea2ff); }
    button {
      font: inherit; font-weight: 600; padding: 0.4rem 1.3rem; margin: 0.6rem 0.5rem 0 0; cursor: pointer;
      border: 1px solid light-dark(#d1d1d1, #666); border-radius: 4px; color: inherit; background: transparent;
    }
    button[value="accept"] { color: #fff; background: #5b5fc7; border-color: #5b5fc7; }
    button:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; }
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
