import type { Flow } from '../flow.js';
import { approve } from './approve.js';
import { askEffect } from './ask/effect.js';
import { ask } from './ask.js';
import { decideEffect } from './decide/effect.js';
import { deny } from './deny.js';
import { follow } from './follow/follow.js';
import { sweep } from './follow/sweep.js';
import { open } from './open.js';

const asks = /\b(need|want|request|ask|access|packages?|get|join)\b/i;

/** Access packages: ask for one, approve or deny it, see what Entra made of it. */
export const packages: Flow = {
  name: 'packages',
  verbs: [open, ask, approve, deny],
  effects: [askEffect, decideEffect],
  jobs: { 'packages.follow': follow, 'packages.sweep': sweep },
  starts: [{ kind: 'packages.sweep', key: 'packages.sweep', payload: {} }],
  suggests: [{ title: 'Show what I can ask for', verb: open.name, data: { query: '' } }],
  hears: (text) => (asks.test(text) ? { verb: open.name, data: { query: text } } : undefined),
};
