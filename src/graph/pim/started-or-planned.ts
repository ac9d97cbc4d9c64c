import type { Holding } from './activating.js';

/** What has begun is an instance; what has not is only a schedule. One that is both is told once, as the instance. */
export function startedOrPlanned<One extends Pick<Holding, 'scheduleId'>>(
  instances: readonly One[],
  schedules: readonly One[],
): readonly One[] {
  const begun = new Set(instances.map(({ scheduleId }) => scheduleId.toLowerCase()));
  return [...instances, ...schedules.filter(({ scheduleId }) => !begun.has(scheduleId.toLowerCase()))];
}
