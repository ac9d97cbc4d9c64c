import { createHash } from 'node:crypto';
import type { TeamsScript } from './teams-script.js';

/** What came of a sign-in window. A state is sealed for one person, so any window may see it. */
export type WindowOutcome = { readonly state: string } | { readonly failed: string };

/** How a page tells whoever opened it what came of it. */
export interface Telling {
  /** On the root element. */
  readonly attribute: string;
  /** At the end of the page, so that a slow one holds up no sentence. */
  readonly scripts: readonly string[];
  /** All that the page may run. */
  readonly sources: readonly string[];
}

/**
 * Teams takes it through its own library, which speaks to Microsoft's origins alone and closes the window. Whoever does
 * not answer as Teams does within a second is the practice room, or nobody: the plain message is for them.
 */
const script = [
  'const { state, failed } = document.documentElement.dataset;',
  'const plainly = setTimeout(() => {',
  "  if (state && window.opener) window.opener.postMessage({ kind: 'signed-in', state }, '*');",
  '}, 1000);',
  'window.microsoftTeams?.app.initialize().then(() => {',
  '  const { authentication } = window.microsoftTeams;',
  '  if (state) authentication.notifySuccess(state);',
  '  else authentication.notifyFailure(failed);',
  '  clearTimeout(plainly);',
  '}).catch(() => {});',
].join('\n');
const own = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** `address` is where the library of Teams is served, in full: a policy knows no relative ones. */
export function telling(
  outcome: WindowOutcome,
  { address, library }: { readonly address: string; readonly library: TeamsScript },
): Telling {
  const { version, integrity } = library;
  return {
    attribute: 'state' in outcome ? `data-state="${outcome.state}"` : `data-failed="${outcome.failed}"`,
    scripts: [
      `<script src="${address}?v=${version}" integrity="${integrity}"></script>`,
      `<script>${script}</script>`,
    ],
    sources: [address, own],
  };
}
