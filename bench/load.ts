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
  readonly cpuMs: number;
  readonly samples: readonly number[];
}

/** By turns, so that what else the machine does hits all alike; of each the best round. One more warms up. */
export async function bestOf(rounds: number, targets: readonly Target[]): Promise<readonly Load[]> {
  const best: Load[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const [index, target] of targets.entries()) {
      const measured = await load(target);
      if (measured.perSecond > (best[index]?.perSecond ?? 0)) best[index] = measured;
    }
  }
  return best;
}

/** The same POST again and again. On plain sockets: Node's HTTP client costs more than the server to be measured. */
async function load(target: Target): Promise<Load> {
  const { body, token, port, pid } = target;
  const about = `host: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json`;
  const head = `POST /api/messages HTTP/1.1\r\n${about}\r\ncontent-length: ${Buffer.byteLength(body)}`;
  const samples: number[] = [];
  const cpuBefore = cpuOf(pid);
  const started = performance.now();
  const ask = () => keepAsking(target, `${head}\r\n\r\n${body}`, started + 1_500, samples);
  await Promise.all([ask(), ask(), ask(), ask(), ask(), ask(), ask(), ask()]);
  const perSecond = (samples.length * 1000) / (performance.now() - started);
  return { perSecond, cpuMs: (cpuOf(pid) - cpuBefore) / samples.length, samples };
}

function keepAsking({ port, status }: Target, request: string, end: number, samples: number[]) {
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let [answer, sentAt] = ['', 0];
    const ask = (): void => {
      [answer, sentAt] = ['', performance.now()];
      socket.write(request);
    };
    socket.setEncoding('latin1').once('connect', ask).once('error', reject);
    socket.once('close', () => reject(new Error(`A connection ended after: ${answer.slice(0, 100)}`)));
    socket.on('data', (piece: string) => {
      answer += piece;
      if (!isWhole(answer)) return;
      samples.push(performance.now() - sentAt);
      const expected = answer.startsWith(`HTTP/1.1 ${status} `);
      if (expected && performance.now() < end) return ask();
      if (expected) resolve();
      socket.destroy();
    });
  });
}

function isWhole(answer: string): boolean {
  const bodyAt = answer.indexOf('\r\n\r\n') + 4;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1];
  if (bodyAt < 4) return false;
  return length === undefined ? answer.endsWith('\n0\r\n\r\n') : answer.length >= bodyAt + Number(length);
}

/** Only Linux tells it finely enough: in hundredths of a second, after a name that may hold spaces. */
function cpuOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11);
  return (Number(user) + Number(system)) * 10;
}
