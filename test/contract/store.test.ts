import { onEachEngine } from '../support/databases.js';
import { cardCases } from './card-cases.js';
import { claimCases } from './claim-cases.js';
import { jobCases } from './job-cases.js';
import { loopCases } from './loop-cases.js';
import { postgresCases } from './postgres-cases.js';
import { recordCases } from './record-cases.js';
import { writeCases } from './write-cases.js';

/** What every flow relies on, whichever database is behind it. */
describe('the store', () => {
  onEachEngine((engine) => {
    describe('write', () => writeCases(engine));
    describe('claims', () => claimCases(engine));
    describe('cards', () => cardCases(engine));
    describe('the record', () => recordCases(engine));
    describe('jobs', () => jobCases(engine));
    describe('the job loop', () => loopCases(engine));
    if (engine.name === 'postgres') describe('several instances', () => postgresCases(engine));
  });
});
