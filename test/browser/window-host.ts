import type { BrowserContext } from 'playwright-core';

export const teamsAddress = 'https://teams.microsoft.com/v2/';

/** What a window said to the page that opened it. */
export interface Said {
  readonly origin: string;
  /** Of the library of Teams. */
  readonly func?: string;
  readonly args?: readonly unknown[];
  /** Of our own plain message. */
  readonly kind?: string;
}

/** A page that opens windows and answers them as Teams does. */
export interface WindowHost {
  open(address: string): Promise<void>;
  heard(): Promise<readonly Said[]>;
  hears(kind: string): Promise<void>;
}

/** What a client of Teams answers to `initialize`: where the page is, on what, and what is supported. */
const answer = `
  const answer = ({ id, uuidAsString }, on) => {
    const runtime = JSON.stringify({ apiVersion: 4, hostVersionsInfo: {}, isLegacyTeams: false, supports: {} });
    return { id, uuidAsString, args: ['authentication', on, runtime, '2.0.1'] };
  };
`;

/** A phone shows the page in a view of its own, and hears it through an object that it puts there. */
const phone = `
  ${answer}
  window.nativeInterface = {
    framelessPostMessage(text) {
      const data = JSON.parse(text);
      toPhone({ origin: location.origin, func: data.func, args: data.args });
      if (data.func === 'initialize') setTimeout(() => window.onNativeMessage({ data: answer(data, 'ios') }));
    },
  };
`;

/** Makes every page of this context one on a phone. Answers what the first that comes to its end has said. */
export async function phoneHost(
  context: BrowserContext,
): Promise<{ readonly heard: Promise<readonly Said[]> }> {
  const said: Said[] = [];
  let ended = (): void => {};
  const heard = new Promise<readonly Said[]>((resolve) => {
    ended = () => resolve(said);
  });
  await context.exposeFunction('toPhone', (heardNow: Said) => {
    said.push(heardNow);
    if (heardNow.func !== 'initialize') ended();
  });
  await context.addInitScript(phone);
  return { heard };
}

const script = (answersAfter: number): string => `
  ${answer}
  window.heard = [];
  addEventListener('message', ({ source, origin, data }) => {
    heard.push({ origin, func: data.func, args: data.args, kind: data.kind });
    if (data.func !== 'initialize') return;
    setTimeout(() => source.postMessage(answer(data, 'web'), origin), ${answersAfter});
  });
`;

export async function windowHost(
  context: BrowserContext,
  address: string,
  { answersAfter }: { readonly answersAfter: number },
): Promise<WindowHost> {
  const body = `<!doctype html><title>host</title><script>${script(answersAfter)}</script>`;
  await context.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
  const page = await context.newPage();
  await page.goto(address);
  return {
    open: (wanted) => page.evaluate(`void window.open(${JSON.stringify(wanted)}, '', 'popup')`),
    heard: () => page.evaluate('window.heard'),
    hears: async (kind) => {
      await page.waitForFunction(`window.heard.some((said) => said.kind === ${JSON.stringify(kind)})`);
    },
  };
}

/**
 * The library looks for a newer list of Microsoft's origins. The page does not let it reach anybody, so the browser
 * complains, and the library goes on with the list that it brings.
 */
export function isAboutOrigins(complaint: string): boolean {
  return complaint.includes('/validDomains.json');
}
