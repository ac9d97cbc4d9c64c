/** One activity as it arrived, with the bearer it came with. */
export interface Received {
  readonly type: string;
  readonly text: string | undefined;
  readonly personKey: string;
  readonly chat: string;
  readonly bearer: string;
  readonly trigger: string | undefined;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The single sign-on token that came with a repeated press. */
  readonly ssoToken: string | undefined;
  /** What came with the token, without the token. */
  readonly authentication: { readonly id?: string; readonly connectionName?: string } | undefined;
  readonly state: string | undefined;
  // The activity itself, for looks at its shape.
  readonly raw: Readonly<Record<string, unknown>>;
}

interface Wire {
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly id: string };
  readonly conversation: { readonly id: string };
  readonly value?: {
    readonly trigger?: string;
    readonly state?: string;
    readonly action?: { readonly verb?: string; readonly data?: Readonly<Record<string, unknown>> };
    readonly authentication?: {
      readonly id: string;
      readonly connectionName: string;
      readonly token: string;
    };
  };
}

export function readReceived(body: string, authorization: string): Received {
  const raw: Wire & Readonly<Record<string, unknown>> = JSON.parse(body);
  const { token, ...authentication } = raw.value?.authentication ?? {};
  return {
    type: raw.type,
    text: raw.text,
    personKey: raw.from.id.replace('29:1-', ''),
    chat: raw.conversation.id,
    bearer: authorization.replace('Bearer ', ''),
    trigger: raw.value?.trigger,
    verb: raw.value?.action?.verb ?? '',
    data: raw.value?.action?.data ?? {},
    ssoToken: token,
    authentication: token === undefined ? undefined : authentication,
    state: raw.value?.state,
    raw,
  };
}
