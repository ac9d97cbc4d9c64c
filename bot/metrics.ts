import { Counter, Histogram, type Registry } from 'prom-client';

/** What the edge counts. Labels come from fixed lists, so that no caller can make new ones. */
export interface EdgeMetrics {
  refused(reason: string): void;
  answered(kind: 'invoke' | 'message' | 'other', seconds: number): void;
  sent(how: 'post' | 'put', result: string): void;
  connectorTrouble(kind: string): void;
}

export function createEdgeMetrics(registry: Registry): EdgeMetrics {
  const registers = [registry];
  const refused = new Counter({
    name: 'latchkey_edge_refused_total',
    help: 'Requests turned away before the bot looked at them.',
    labelNames: ['reason'],
    registers,
  });
  const answered = new Histogram({
    name: 'latchkey_edge_answer_seconds',
    help: 'From the last byte of the request to the answer.',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 10],
    registers,
  });
  const sent = new Counter({
    name: 'latchkey_teams_messages_total',
    help: 'Cards posted into chats or put in place of an earlier one.',
    labelNames: ['how', 'result'],
    registers,
  });
  const trouble = new Counter({
    name: 'latchkey_teams_trouble_total',
    help: 'Calls to Teams that did not succeed at once.',
    labelNames: ['kind'],
    registers,
  });
  return {
    refused: (reason) => refused.inc({ reason }),
    answered: (kind, seconds) => answered.observe({ kind }, seconds),
    sent: (how, result) => sent.inc({ how, result }),
    connectorTrouble: (kind) => trouble.inc({ kind }),
  };
}
