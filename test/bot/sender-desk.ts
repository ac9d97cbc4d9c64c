import { Registry } from 'prom-client';
import { createConnectors } from '../../bot/connectors.js';
import { createEdgeMetrics } from '../../bot/metrics.js';
import { createSendLimits } from '../../bot/rate-limit.js';
import { createSender } from '../../bot/sender.js';
import { createServiceHosts } from '../../bot/service-url.js';
import { systemClock } from '../../src/base/clock.js';
import type { Delivery } from '../../src/jobs/delivery.js';
import { appId } from './channel.js';
import { createListLog, noFetchTokens, plainRenderer } from './edge-stage.js';

/** A sender whose waits are counted and not waited for. */
export interface SenderDesk {
  readonly sender: Delivery;
  readonly waits: number[];
  readonly log: ReturnType<typeof createListLog>;
}

export function deskFor(deadlineMs = 5_000): SenderDesk {
  const waits: number[] = [];
  const log = createListLog();
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  const sender = createSender({
    connectors: createConnectors({
      tokens: noFetchTokens,
      hosts: createServiceHosts(['127.0.0.1']),
      deadlineMs,
    }),
    renderer: plainRenderer,
    limits: createSendLimits({ clock: systemClock, sleep }),
    clock: systemClock,
    sleep,
    log,
    metrics: createEdgeMetrics(new Registry()),
    appId,
    random: () => 0.5,
  });
  return { sender, waits, log };
}
