import { everyCall } from './recovery-every-call.js';

describe('every call of a press of everybody else in trouble', function () {
  this.timeout(120_000);
  everyCall([
    'opening a case',
    'vouching',
    'signing out oneself',
    '“that was not me”',
    'deleting passes',
    'the report',
  ]);
});
