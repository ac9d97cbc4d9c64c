/** The practice tenant's remote control, as README of practice/ describes it: how tests play people from outside. */

export interface Entry {
  readonly id: string;
  readonly from: string;
  readonly at: string;
  readonly text?: string;
  readonly card?: Card;
  readonly notice?: { readonly kind: string; readonly text: string };
  readonly prompt?: { readonly kind: string; readonly text: string; readonly url: string };
}

export type Card = Readonly<Record<string, unknown>>;

export interface InvokeAnswer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

export interface LoggedRequest {
  readonly id: string;
  readonly service: 'graph' | 'sts' | 'connector' | 'drive';
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly token: 'user' | 'app' | 'none';
  readonly user?: string;
}

export interface FaultOrder {
  readonly match: { readonly service: string; readonly method?: string; readonly path?: string };
  readonly do: {
    readonly status?: number;
    readonly body?: unknown;
    readonly retryAfter?: number;
    readonly delayMs?: number;
    readonly drop?: boolean;
    readonly afterEffect?: boolean;
  };
  readonly times?: number;
}

export type RemoteControl = ReturnType<typeof remoteControl>;

export function remoteControl(practiceUrl: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${practiceUrl}/practice${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? (undefined as T) : JSON.parse(text);
  };
  return {
    say: (person: string, text: string) =>
      call<{ id: string }>('POST', `/people/${person}/messages`, { text }),
    timeline: (person: string) => call<readonly Entry[]>('GET', `/people/${person}/timeline`),
    press: (person: string, card: string, verb: string, data: object = {}, more: object = {}) =>
      call<InvokeAnswer>('POST', `/people/${person}/cards/${card}/actions`, { verb, data, ...more }),
    post: <T>(path: string, body: unknown) => call<T>('POST', path, body),
    get: <T>(path: string) => call<T>('GET', path),
    requests: (service?: string) =>
      call<readonly LoggedRequest[]>('GET', `/requests${service === undefined ? '' : `?service=${service}`}`),
    fault: (order: FaultOrder) => call<{ id: string }>('POST', '/faults', order),
    clearFaults: () => call<void>('DELETE', '/faults'),
    advance: (duration: string) => call<unknown>('POST', '/clock', { advance: duration }),
    reset: () => call<unknown>('POST', '/reset', {}),
  };
}
