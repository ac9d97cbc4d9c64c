import { onEachEngine } from '../support/databases.js';
import { crashCases } from './crash-cases.js';
import { leaseCases } from './lease-cases.js';
import { startCases } from './start-cases.js';
import { tamperCases } from './tamper-cases.js';
import { workerCases } from './worker-cases.js';

/** What goes wrong around the store: cut short, killed, overtaken, tampered with. */
describe('the store in adversity', () => {
  onEachEngine((engine) => {
    describe('starting', () => startCases(engine));
    describe('a record that was tampered with', () => tamperCases(engine));
    describe('workers', () => workerCases(engine));
    describe('leases', () => leaseCases(engine));
    describe('processes that are killed', () => crashCases(engine));
  });
});
