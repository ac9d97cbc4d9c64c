import type { PracticeContext } from '../context.js';
import type { Person } from '../world/people.js';

/**
 * Goes through a sign-in window as a person does who agrees to everything: the bot's page, the sign-in service, and
 * back. Answers what the last page hands over to Teams, or nothing where the page does not lead that way.
 */
export async function finishSignIn(
  ctx: PracticeContext,
  person: Person,
  address: string,
): Promise<string | undefined> {
  const start = urlIn(address, ctx.publicUrl);
  const consent = await ledTo(ctx, start);
  if (consent === undefined || !isConsentPage(ctx, consent)) return undefined;
  const back = await accept(consent, person);
  return back && isOf(ctx.botUrl, back) ? handedOver(await open(back)) : undefined;
}

/** Nobody but the bot under test is called for an address that came out of a card. */
async function ledTo(ctx: PracticeContext, url: URL | undefined): Promise<URL | undefined> {
  if (url === undefined || !isOf(ctx.botUrl, url)) return url;
  const page = await open(url);
  return urlIn(page?.headers.get('location') ?? undefined, url.href);
}

async function accept(consent: URL, { key }: Person): Promise<URL | undefined> {
  const form = { request: consent.search.slice(1), person: key, answer: 'accept' };
  const page = await open(consent, { method: 'POST', body: new URLSearchParams(form) });
  return urlIn(page?.headers.get('location') ?? undefined, consent.href);
}

async function handedOver(page: Response | undefined): Promise<string | undefined> {
  return / data-state="([\w.~-]+)"/.exec((await page?.text()) ?? '')?.[1];
}

async function open(url: URL, init: RequestInit = {}): Promise<Response | undefined> {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(5_000) });
  } catch {
    return undefined;
  }
}

function isConsentPage(ctx: PracticeContext, url: URL): boolean {
  return isOf(ctx.publicUrl, url) && /^\/sts\/[^/]+\/oauth2\/v2\.0\/authorize$/.test(url.pathname);
}

function isOf(base: string, url: URL): boolean {
  return url.origin === new URL(base).origin;
}

function urlIn(address: string | undefined, base: string): URL | undefined {
  return address !== undefined && URL.canParse(address, base) ? new URL(address, base) : undefined;
}
