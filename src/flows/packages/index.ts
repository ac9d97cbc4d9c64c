import type { Flow } from '../flow.js';
import { approval } from './approval.js';
import { approvals } from './approvals.js';
import { approve } from './approve.js';
import { askEffect } from './ask/effect.js';
import { ask } from './ask.js';
import { cancel, cancelEffect } from './cancel.js';
import { decideEffect, passEffect } from './decide/effect.js';
import { deny } from './deny.js';
import { extend } from './extend.js';
import { follow } from './follow/follow.js';
import { remind } from './follow/remind.js';
import { sweep } from './follow/sweep.js';
import { giveBack, giveBackEffect } from './give-back.js';
import { endingStart, findEnding } from './held/find-ending.js';
import { watch } from './held/watch.js';
import { mine } from './mine.js';
import { open } from './open.js';
import { owned } from './owned.js';
import { reports } from './reports.js';
import { reprocess, reprocessEffect } from './reprocess.js';
import { hears } from './said.js';
import { show } from './show.js';
import { followFailed } from './status/follow-failed.js';

/** Access packages: ask for one, approve or deny it, see what Entra made of it. */
export const packages: Flow = {
  name: 'packages',
  verbs: [
    open,
    reports,
    ask,
    approve,
    deny,
    approvals,
    approval,
    owned,
    show,
    mine,
    cancel,
    extend,
    giveBack,
    reprocess,
  ],
  effects: [askEffect, decideEffect, passEffect, cancelEffect, giveBackEffect, reprocessEffect],
  jobs: {
    'packages.follow': follow,
    'packages.remind': remind,
    'packages.sweep': sweep,
    'packages.watch': watch,
    'packages.ending': findEnding,
    'packages.failed': followFailed,
  },
  starts: [{ kind: 'packages.sweep', key: 'packages.sweep', payload: {} }, endingStart],
  suggests: [{ title: 'Show what I can ask for', verb: open.name, data: { query: '' } }],
  // Names in full: what words mean must not hang on which verbs stand here.
  hears: (text) =>
    hears(text, {
      open: open.name,
      reports: reports.name,
      mine: 'packages.mine',
      approvals: 'packages.approvals',
      owned: owned.name,
    }),
};
