import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { faultAnswer } from './fault-answer.js';
import type { Faults } from './faults.js';
import { withoutSecrets } from './redact.js';
import type { RequestLog, ServiceName } from './request-log.js';
import type { PracticeRequest, PracticeResponse } from './router.js';
import { tokenOf } from './token-of.js';

type Handle = (req: PracticeRequest) => Promise<PracticeResponse>;

interface Observers {
  readonly log: RequestLog;
  readonly faults: Faults;
}

/** Puts the request log and the planned faults around a service. */
export function observed({ log, faults }: Observers, service: ServiceName, handle: Handle): Handle {
  return async (req) => {
    const query = req.query.toString();
    // Decoded, so that the log reads well and `on='approver'` fits a fault however the client wrote it.
    const path = readable(query ? `${req.path}?${query}` : req.path);
    const body = withoutSecrets(req.body);
    const id = log.begin({
      service,
      method: req.method,
      path: withoutSecretsInQuery(path),
      ...(body === undefined ? {} : { body }),
      ...tokenOf(req.headers.authorization, req.body),
    });
    const fault = faults.strike(service, req.method, path);
    const visit = { handle: () => handle(req), caller: req.raw.socket };
    const answered = await act(service, fault, visit).catch((error: unknown) => {
      log.finish(id, 500);
      throw error;
    });
    log.finish(id, answered.drop ? -1 : answered.status);
    return answered;
  };
}

interface Visit {
  readonly handle: () => Promise<PracticeResponse>;
  readonly caller: Socket;
}

async function act(
  service: ServiceName,
  fault: ReturnType<Faults['strike']>,
  { handle, caller }: Visit,
): Promise<PracticeResponse> {
  if (!fault) return handle();
  const replaces = fault.drop === true || fault.status !== undefined;
  const early = fault.afterEffect ? await handle() : undefined;
  if (fault.delayMs) await held(fault.delayMs, caller);
  // Held before the effect, and the caller died meanwhile: what it wanted never reached the service.
  if (fault.delayMs && caller.destroyed && !early) return { status: 0, drop: true };
  if (!replaces) return early ?? handle();
  return fault.drop ? { status: 0, drop: true } : faultAnswer(service, fault);
}

/** Ends early when the caller hangs up. unref: a test that has ended must not stay alive for it. */
async function held(ms: number, caller: Socket): Promise<void> {
  const hungUp = new AbortController();
  const abort = (): void => hungUp.abort();
  caller.once('close', abort);
  await wait(ms, undefined, { ref: false, signal: hungUp.signal }).catch(() => undefined);
  caller.off('close', abort);
}

function readable(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    return path;
  }
}

function withoutSecretsInQuery(path: string): string {
  return path.replace(/([?&](?:code|id_token|access_token|client_secret|tempauth)=)[^&]+/g, '$1…');
}
