import type { Flow } from '../flow.js';
import { alarm } from './alarm/alarm.js';
import { approval } from './approval.js';
import { approvals } from './approvals.js';
import { approve } from './approve.js';
import { askEffect } from './ask/effect.js';
import { ask } from './ask.js';
import { cancel, cancelEffect } from './cancel.js';
import { decideEffect } from './decide/effect.js';
import { deny } from './deny.js';
import { end, endEffect } from './end.js';
import { expected } from './expected.js';
import { favourite } from './favourite.js';
import { findings } from './findings.js';
import { follow } from './follow/follow.js';
import { starts, sweep } from './follow/sweep.js';
import { form } from './form.js';
import { closeEffect } from './look-back/close-effect.js';
import { lookBack } from './look-back/look-back.js';
import { remindLookBack } from './look-back/remind.js';
import { question } from './question.js';
import { roles } from './roles.js';
import { hears } from './said.js';
import { show } from './show.js';

/** Roles just in time: activate, approve, use, end, look back. */
export const pim: Flow = {
  name: 'pim',
  verbs: [
    roles,
    form,
    ask,
    show,
    cancel,
    end,
    favourite,
    approvals,
    approval,
    approve,
    deny,
    expected,
    question,
    findings,
  ],
  effects: [askEffect, cancelEffect, endEffect, decideEffect, closeEffect],
  jobs: {
    'pim.sweep': sweep,
    'pim.follow': follow,
    'pim.alarm': alarm,
    'pim.look-back': lookBack,
    'pim.look-back-remind': remindLookBack,
  },
  starts,
  suggests: [{ title: 'Show my roles', verb: roles.name, data: { query: '' } }],
  hears: (text) => hears(text, { findings: findings.name, approvals: approvals.name, roles: roles.name }),
};
