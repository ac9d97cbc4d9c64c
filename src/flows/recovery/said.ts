import type { Command } from '../flow.js';
import { understand } from './words.js';

/** The verbs that words can mean; index.ts gives their names. */
export interface Heard {
  readonly board: string;
  readonly report: string;
  readonly help: string;
}

const asksForReport =
  /\bpasskeys?\W+(?:report|coverage|numbers|figures|overview)\b|\brecovery report\b|\bwho has (?:a |no )?(?:passkeys?|security keys?)\b/i;
const asksForBoard = /\b(?:recovery|open|all)\W+cases\b|\b(?:case|recovery|help ?desk)\W+board\b/i;

export function hears(text: string, verbs: Heard): Command | undefined {
  if (asksForReport.test(text)) return { verb: verbs.report, data: {} };
  if (asksForBoard.test(text)) return { verb: verbs.board, data: {} };
  const said = text.slice(0, 500);
  return understand(said) === undefined ? undefined : { verb: verbs.help, data: { said } };
}
