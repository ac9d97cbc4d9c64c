import { durationMs } from '../duration.js';
import { archiveIndex, lastSignIn } from '../reviewed-people.js';
import type { Definition } from './definition.js';
import type { Decided, Instance, Place } from './instance.js';
import { principalAt } from './subjects.js';

export type Recommendation = 'Approve' | 'Deny' | 'NoInfoAvailable';

const dayMs = 86_400_000;
const outliers: ReadonlySet<string> = new Set(['1b7d4e24-5a9c-4d31-8e64-2f0a7c9b5104']);

/** By the last sign-in, as in Entra: too long ago, or never, speaks against. */
export function recommendation(definition: Definition, { instance, round, index }: Place): Recommendation {
  const asked = definition.stageSettings[instance.rounds.indexOf(round)] ?? definition.settings;
  const { id, kind } = principalAt(instance.subjects, index);
  if (!asked.recommendationsEnabled || kind === 'service') return 'NoInfoAvailable';
  const days = lastSignIn(id);
  if (days === 'unknown') return 'NoInfoAvailable';
  return days === 'never' || days * dayMs > lookBackMs(definition) ? 'Deny' : 'Approve';
}

/** When the principal signed in last; null for never, undefined when Entra does not know. */
export function signedInAt(instance: Instance, index: number): string | null | undefined {
  const { id, kind } = principalAt(instance.subjects, index);
  const days = kind === 'service' ? 'unknown' : lastSignIn(id);
  if (days === 'unknown') return undefined;
  return days === 'never' ? null : new Date(Date.parse(instance.startsAt) - days * dayMs).toISOString();
}

/** Far from everybody else in the group, where the definition asks Entra to look for that. */
export function isOutlier(definition: Definition, instance: Instance, index: number): boolean {
  const asked = definition.settings.recommendationInsightSettings.some((setting) =>
    setting['@odata.type'].includes('groupPeerOutlier'),
  );
  const { id } = principalAt(instance.subjects, index);
  return asked && (outliers.has(id) || (archiveIndex(id) ?? 0) % 67 === 31);
}

/** What becomes of somebody about whom nobody decided, once the decisions are applied. */
export function defaultDecision(definition: Definition, place: Place): Decided['decision'] | undefined {
  const { defaultDecisionEnabled, defaultDecision: word } = definition.settings;
  if (!defaultDecisionEnabled) return undefined;
  const chosen = word === 'Recommendation' ? recommendation(definition, place) : word;
  return chosen === 'Approve' || chosen === 'Deny' ? chosen : undefined;
}

function lookBackMs({ settings }: Definition): number {
  const insight = settings.recommendationInsightSettings.find((setting) =>
    setting['@odata.type'].includes('userLastSignIn'),
  );
  const own = insight?.recommendationLookBackDuration;
  const text = typeof own === 'string' ? own : (settings.recommendationLookBackDuration ?? 'P30D');
  return durationMs(text) ?? 30 * dayMs;
}
