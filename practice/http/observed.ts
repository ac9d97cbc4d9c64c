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
    const hungUp = new AbortController();
    req.raw.socket.once('close', () => hungUp.abort());
    const answered = await act(service, fault, { handle: () => handle(req), hungUp: hungUp.signal }).catch(
      (error: unknown) => {
        log.finish(id, 500);
        throw error;
      },
    );
    log.finish(id, answered.drop ? -1 : answered.status);
    return answered;
  };
}

interface Visit {
  readonly handle: () => Promise<PracticeResponse>;
  readonly hungUp: AbortSignal;
}

async function act(
  service: ServiceName,
  fault: ReturnType<Faults['strike']>,
  { handle, hungUp }: Visit,
): Promise<PracticeResponse> {
  if (!fault) return handle();
  const replaces = fault.drop === true || fault.status !== undefined;
  const early = fault.afterEffect ? await handle() : undefined;
  if (fault.delayMs) await held(fault.delayMs, hungUp);
  // Held before the effect, and the caller died meanwhile: what it wanted never reached the service.
  if (hungUp.aborted && !early) return { status: 0, drop: true };
  if (!replaces) return early ?? handle();
  return fault.drop ? { status: 0, drop: true } : faultAnswer(service, fault);
}

/** Ends early when the caller hangs up. unref: a test that has ended must not stay alive for it. */
async function held(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { ref: false, signal }).catch(() => undefined);
}

function readable(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    return path;
  }
}

function withoutSecretsInQuery(path: string): string {
  return path.replace(/([?&](?:code|id_token|access_token|client_secret)=)[^&]+/g, '$1…');
}
