import { onEachEngine } from '../support/databases.js';
import { activationCardCases } from './activation-card-cases.js';
import { activationCases } from './activation-cases.js';
import { cardCases } from './card-cases.js';
import { claimCases } from './claim-cases.js';
import { jobCases } from './job-cases.js';
import { loopCases } from './loop-cases.js';
import { postgresCases } from './postgres-cases.js';
import { recordCases } from './record-cases.js';
import { recoveryCases } from './recovery-cases.js';
import { reviewCases } from './review-cases.js';
import { signInMethodCases } from './sign-in-method-cases.js';
import { sweepCases } from './sweep-cases.js';
import { upgradeCases } from './upgrade-cases.js';
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
    describe('reviews', () => reviewCases(engine));
    describe('activations', () => activationCases(engine));
    describe('cards of activations', () => activationCardCases(engine));
    describe('recovery', () => recoveryCases(engine));
    describe('ways to sign in', () => signInMethodCases(engine));
    describe('two sweeps at once', () => sweepCases(engine));
    describe('a database from before', () => upgradeCases(engine));
    if (engine.name === 'postgres') describe('several instances', () => postgresCases(engine));
  });
});
