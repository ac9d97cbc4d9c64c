import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Place {
  readonly data: string;
  readonly port: number;
  readonly otherPort: number;
}

/** An empty folder and two free ports, for as long as the work takes. */
export async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const data = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'));
  const holders = await Promise.all([hold(), hold()]);
  const [port = 0, otherPort = 0] = holders.map((holder) => portOf(holder));
  for (const holder of holders) holder.close();
  try {
    return await work({ data, port, otherPort });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function hold(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
