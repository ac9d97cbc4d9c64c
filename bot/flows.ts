import type { Flow } from '../src/flows/flow.js';
import { packages } from '../src/flows/packages/index.js';
import { pim } from '../src/flows/pim/index.js';
import { recovery } from '../src/flows/recovery/index.js';
import { reviews } from '../src/flows/reviews/index.js';

/** What this bot can do. Words are heard in this order: the first flow that understands them answers. */
export const flows: readonly Flow[] = [recovery, reviews, pim, packages];
