import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

export interface Target {
  readonly port: number;
  readonly pid: number;
  readonly body: string;
  readonly token: string;
  readonly status: number;
}

export interface Load {
  readonly perSecond: number;
  /** Processor time of the server for one request; NaN where the system does not tell. */
  readonly cpuMs: number;
  readonly samples: readonly number[];
}

export const connections = 8;

/**
 * The same POST again and again, the next one when the answer is there. Plain sockets, because Node's HTTP client costs
 * more than the server that is to be measured.
 */
export async function load(target: Target, ms: number): Promise<Load> {
  const request = requestOf(target);
  const samples: number[] = [];
  const cpuBefore = cpuOf(target.pid);
  const started = performance.now();
  const each = () => keepAsking(target, request, started + ms, samples);
  await Promise.all(Array.from({ length: connections }, each));
  const perSecond = (samples.length * 1000) / (performance.now() - started);
  return { perSecond, cpuMs: (cpuOf(target.pid) - cpuBefore) / samples.length, samples };
}

function requestOf({ body, token, port }: Target): string {
  const head = [
    'POST /api/messages HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

function keepAsking({ port, status }: Target, request: string, end: number, samples: number[]) {
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answer = '';
    let sentAt = 0;
    const ask = (): void => {
      answer = '';
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setEncoding('latin1').once('connect', ask).once('error', reject);
    socket.once('close', () => reject(new Error(`A connection ended after: ${answer.slice(0, 100)}`)));
    socket.on('data', (piece: string) => {
      answer += piece;
      if (!isWhole(answer)) return;
      samples.push(performance.now() - sentAt);
      const asExpected = answer.startsWith(`HTTP/1.1 ${status} `);
      if (asExpected && performance.now() < end) return ask();
      if (asExpected) resolve();
      socket.destroy();
    });
  });
}

function isWhole(answer: string): boolean {
  const bodyAt = answer.indexOf('\r\n\r\n') + 4;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1];
  return (
    bodyAt > 3 &&
    (length === undefined ? answer.endsWith('\r\n0\r\n\r\n') : answer.length >= bodyAt + +length)
  );
}

/** Only Linux tells it finely enough: hundredths of a second, after a name that may hold spaces. */
function cpuOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
