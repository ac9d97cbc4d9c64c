import path from 'node:path';
import { z } from 'zod/v4';
import type { Card } from './card.js';
import { cardError } from './errors.js';
import { finishCard } from './finish-card.js';
import { type Lazy, loadTemplates } from './load-templates.js';
import { prepareView } from './prepare-view.js';

export interface Rendered {
  /** Adaptive Card JSON. */
  readonly content: object;
  /** One plain line, for notifications and for clients that cannot show the card. */
  readonly summary: string;
  readonly bytes: number;
}

export interface Renderer {
  render(card: Card): Rendered;
}

/** Some ways into Teams end at 28 KB; the rest is for what is around the card. */
const mostBytes = 25 * 1024;

const expandedCard = z.record(z.string(), z.json());
const finishedCard = z.object({ fallbackText: z.string() });

/** The only place where a template meets data. `root` is the folder that holds cards/. */
export function createRenderer({ root }: { readonly root: string }): Renderer {
  const templates = loadTemplates(path.join(root, 'cards'));
  return {
    render({ template, view }) {
      const found = templates.get(template);
      if (found === undefined) throw cardError('cards.unknown-template', undefined, { template });
      const finished = finishCard(expand(found, template, view));
      if (finished.kind === 'unfilled') {
        throw cardError('cards.unfilled', undefined, { template, place: finished.place });
      }
      const bytes = Buffer.byteLength(JSON.stringify(finished.content));
      if (bytes > mostBytes) throw cardError('cards.too-big', undefined, { template, bytes });
      const { fallbackText } = finishedCard.parse(finished.content);
      return { content: finished.content, summary: fallbackText, bytes };
    },
  };
}

function expand(template: Lazy, name: string, view: object) {
  try {
    return expandedCard.parse(template().expand({ $root: prepareView(view) }));
  } catch (error) {
    throw cardError('cards.broken-template', error, { template: name });
  }
}
