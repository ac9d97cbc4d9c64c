import type { Command, Flow } from '../flow.js';
import { bulkEffect } from './bulk/effect.js';
import { bulk } from './bulk.js';
import { bulkKeep } from './bulk-keep.js';
import { bulkRemove } from './bulk-remove.js';
import { create, createEffect } from './create.js';
import { decideEffect } from './decide-effect.js';
import { draft } from './draft.js';
import { keep } from './keep.js';
import { list } from './list.js';
import { quality } from './notices/quality.js';
import { remind } from './notices/remind.js';
import { tell } from './notices/tell.js';
import { hearsPlan, plan } from './plan.js';
import { remove } from './remove.js';
import { show } from './show.js';
import { starts, sweep } from './sweep/discover.js';
import { follow } from './sweep/follow.js';
import { undo } from './undo.js';
import { unsure } from './unsure.js';

/** Not every sentence with the word: “I need the assistant to review contracts” asks for something else. */
const asks =
  /\baccess reviews?\b|\b(my|our|open|pending|due|show|list|see)( \w+)? reviews?\b|^\W*reviews?\W*$/i;

/** Access reviews: decide who keeps access, facts first; plan the next ones; see how well it was done. */
export const reviews: Flow = {
  name: 'reviews',
  verbs: [list, show, keep, remove, unsure, undo, bulk, bulkRemove, bulkKeep, plan, draft, create],
  effects: [decideEffect, bulkEffect, createEffect],
  jobs: {
    'reviews.sweep': sweep,
    'reviews.follow': follow,
    'reviews.remind': remind,
    'reviews.tell': tell,
    'reviews.quality': quality,
  },
  starts,
  suggests: [{ title: 'Show my access reviews', verb: list.name, data: {} }],
  hears,
};

function hears(text: string): Command | undefined {
  return hearsPlan(text) ?? (asks.test(text) ? { verb: list.name, data: {} } : undefined);
}
