import type { PimStage } from '../support/pim-stage.js';
import { type Attack, attackOn } from './attack.js';

/** Attacks that must leave everybody's requests as they were, too. */
export function attackOnRoles(stage: PimStage): Attack {
  // Entra's own clockwork goes on meanwhile: what counts is who asked and who decided.
  const state = async () => ({
    requests: (await stage.staged()).requests.map(({ id, person, step }) => ({ id, person, step })),
  });
  return attackOn(stage, { state });
}
