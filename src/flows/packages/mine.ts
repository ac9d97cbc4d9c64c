import { z } from 'zod/v4';
import { type Outcome, verb } from '../flow.js';
import { myAccess } from '../links.js';
import { heldRow } from './cards/held-card.js';
import type { MineView } from './cards/held-views.js';
import { extrasOf, readMine } from './held/read-mine.js';

const shownAtMost = 8;

/** What this person holds now, until when, and what it opens. */
export const mine = verb({
  name: 'packages.mine',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.object({ skip: z.int().min(0).max(10_000).optional() }),
  async run(turn, { skip = 0 }): Promise<Outcome> {
    const found = await readMine(turn);
    const page = found.held.slice(skip, skip + shownAtMost);
    const extras = await extrasOf(turn, found, page);
    const next = skip + shownAtMost;
    const view: MineView = {
      packages: page.map((held) => heldRow(turn.services, held, extras(held))),
      total: found.held.length,
      nextSkip: next < found.held.length ? next : 0,
      portalUrl: myAccess(turn.services.tenantId, 'access-packages'),
    };
    return { kind: 'card', card: { template: 'packages/mine', view } };
  },
});
