import type { Flow } from '../flow.js';
import { attestEffect, refuseEffect } from './attest/effects.js';
import { attest } from './attest.js';
import { board } from './board.js';
import { openFromBoard } from './case.js';
import { changeStarts, changes } from './changes/sweep.js';
import { removeEffect } from './clean-up/remove-effect.js';
import { revokeEffect } from './clean-up/revoke-effect.js';
import { closeEffect } from './close/effect.js';
import { close } from './close.js';
import { dropPasses } from './drop-passes.js';
import { find } from './find.js';
import { escalate } from './follow/escalate.js';
import { look } from './follow/look.js';
import { showCaseJob } from './follow/show-case.js';
import { handled } from './handled.js';
import { help } from './help.js';
import { dropEffect } from './incident/drop-effect.js';
import { handledEffect } from './incident/handled-effect.js';
import { issueEffectAlone } from './issue/effect.js';
import { hide } from './issue/hide.js';
import { issue } from './issue.js';
import { mine } from './mine.js';
import { notMe } from './not-me.js';
import { open } from './open.js';
import { readOut } from './read-out.js';
import { refuse } from './refuse.js';
import { remove } from './remove.js';
import { csvFile } from './report/csv-file.js';
import { inventory, inventoryStarts } from './report/inventory.js';
import { report } from './report.js';
import { reportFile } from './report-file.js';
import { revoke } from './revoke.js';
import { hears } from './said.js';
import { show } from './show.js';
import { signOut, signOutEffect } from './sign-out.js';
import { watch, watchStarts } from './watch/watch.js';
import { withdraw } from './withdraw.js';

/** Lost, stolen and broken devices, and first days: from "I cannot sign in" until a new passkey is seen. */
export const recovery: Flow = {
  name: 'recovery',
  verbs: [
    help,
    find,
    open,
    show,
    withdraw,
    signOut,
    attest,
    refuse,
    board,
    openFromBoard,
    issue,
    readOut,
    close,
    remove,
    revoke,
    mine,
    notMe,
    handled,
    dropPasses,
    report,
    reportFile,
  ],
  files: [csvFile],
  effects: [
    signOutEffect,
    attestEffect,
    refuseEffect,
    issueEffectAlone,
    closeEffect,
    removeEffect,
    revokeEffect,
    handledEffect,
    dropEffect,
  ],
  jobs: {
    'recovery.show-case': showCaseJob,
    'recovery.look': look,
    'recovery.escalate': escalate,
    'recovery.hide': hide,
    'recovery.watch': watch,
    'recovery.changes': changes,
    'recovery.inventory': inventory,
  },
  starts: [...watchStarts, ...changeStarts, ...inventoryStarts],
  suggests: [{ title: 'I cannot sign in', verb: help.name, data: {} }],
  hears: (text) => hears(text, { board: board.name, report: report.name, help: help.name }),
};
