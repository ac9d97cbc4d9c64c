import { everybody } from '../support/recovery-rows.js';
import type { RecoveryStage } from '../support/recovery-stage.js';
import { type Attack, attackOn } from './attack.js';

/** What they need is in a log that may be read five times in ten seconds. */
const readsLogs = new Set(['recovery.attest', 'recovery.refuse', 'recovery.issue']);

/** Attacks that must leave everybody's ways to sign in, their passes and cases as they were, too. */
export function attackOnRecovery(stage: RecoveryStage): Attack {
  const state = async () => {
    const cases = await stage.store().db.selectFrom('recovery_cases').selectAll().orderBy('id').execute();
    return {
      entra: (await everybody(stage)).map(({ key, methods, passes, sessionsFrom }) => ({
        ...{ key, methods, sessionsFrom },
        passes: passes.map(({ id }) => id),
      })),
      cases: cases.map(({ id, state: at, kind, attested, issuer, pass, removed, cleaned, closed_at }) => ({
        ...{ id, at, kind, attested, issuer, pass, removed, cleaned, closed_at },
      })),
    };
  };
  const before = async (verb: string): Promise<void> => {
    if (readsLogs.has(verb)) await stage.advance('PT11S');
  };
  return attackOn(stage, { state, before });
}
