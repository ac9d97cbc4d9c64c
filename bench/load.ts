import { connect } from 'node:net';
import { cpuMs } from './process-facts.js';

export interface Target {
  readonly port: number;
  readonly pid: number;
  readonly body: string;
  readonly token: string;
  readonly status: number;
}

export interface Load {
  readonly perSecond: number;
  readonly cpuMsEach: number | undefined;
  readonly samples: readonly number[];
}

export const connections = 8;

/**
 * The same POST again and again, the next one when the answer is there. Plain sockets: the client of Node costs more
 * than the server that is to be measured.
 */
export async function load(target: Target, ms: number): Promise<Load> {
  const request = requestOf(target);
  const samples: number[] = [];
  const cpuBefore = cpuMs(target.pid);
  const started = performance.now();
  const end = started + ms;
  await Promise.all(Array.from({ length: connections }, () => keepAsking(target, request, end, samples)));
  const seconds = (performance.now() - started) / 1000;
  const cpu = cpuBefore === undefined ? undefined : (cpuMs(target.pid) ?? 0) - cpuBefore;
  const cpuMsEach = cpu === undefined ? undefined : cpu / samples.length;
  return { perSecond: samples.length / seconds, cpuMsEach, samples };
}

function requestOf({ body, token, port }: Target): Buffer {
  const head = [
    'POST /api/messages HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function keepAsking(
  { port, status }: Target,
  request: Buffer,
  end: number,
  samples: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answer = '';
    let sentAt = 0;
    const ask = (): void => {
      answer = '';
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setEncoding('latin1').once('connect', ask).once('error', reject);
    socket.once('close', () => reject(new Error('The server closed a connection in the middle of a load')));
    socket.on('data', (piece: string) => {
      answer += piece;
      if (!isWhole(answer)) return;
      if (!answer.startsWith(`HTTP/1.1 ${status} `)) socket.destroy(new Error(answer.slice(0, 200)));
      else {
        samples.push(performance.now() - sentAt);
        if (performance.now() < end) return ask();
        resolve();
        socket.destroy();
      }
    });
  });
}

function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1];
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= headEnd + 4 + Number(length);
}
