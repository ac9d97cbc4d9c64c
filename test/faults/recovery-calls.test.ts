import { everyCall } from './recovery-every-call.js';

describe('every call of a press of a helper in trouble', function () {
  this.timeout(120_000);
  everyCall(['making the pass', 'removing what was lost', 'signing them out', 'closing a case']);
});
