import type { PackagesStage } from '../support/packages-stage.js';
import { smuggledCard } from './attack.js';

export interface SmuggledForm {
  readonly kind: string;
  readonly item: string;
  /** The stage of an approver's card, counted from 0. */
  readonly stageAt?: number;
  /** Object id of whom a form is for. */
  readonly whom?: string;
}

/** A card of this flow that the bot would never make: its purpose says about whom it is, and in which stage. */
export function smuggledForm(
  stage: PackagesStage,
  person: string,
  { kind, item, stageAt = 0, whom = '' }: SmuggledForm,
): Promise<string> {
  const about = `${kind}:${item.slice(item.indexOf(':') + 1)}:${stage.idOf(person)}`;
  const purpose = [about, ...(stageAt === 0 ? [] : [stageAt]), ...(whom === '' ? [] : [whom])].join(':');
  return smuggledCard(stage, person, { kind, item, mark: String(stageAt), purpose });
}
