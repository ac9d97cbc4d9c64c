/** What is wrong, why it matters and what to do about it. Never holds a secret. */
export interface Advice {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export type Finding =
  | { readonly kind: 'ok'; readonly id: string; readonly what: string }
  | ({ readonly kind: 'warning' | 'error'; readonly id: string } & Advice);

export type Check = () => Promise<readonly Finding[]> | readonly Finding[];

export function ok(id: string, what: string): Finding {
  return { kind: 'ok', id, what };
}

export function warning(id: string, advice: Advice): Finding {
  return { kind: 'warning', id, ...advice };
}

export function error(id: string, advice: Advice): Finding {
  return { kind: 'error', id, ...advice };
}

/** A check that breaks is a finding too: one broken check must not hide what the others found. */
export async function safely(id: string, check: Check): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (thrown) {
    const what = `The check itself failed (${nameOf(thrown)}).`;
    const why = 'What it looks at is unknown.';
    return [error(id, { what, why, fix: 'Run the doctor again; if it stays, report it as a defect.' })];
  }
}

/** Name and code only: a library's message can quote an address with a password, or a piece of a token. */
export function nameOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  const inner = thrown.cause === undefined ? '' : ` after ${nameOf(thrown.cause)}`;
  return `${code ?? thrown.name}${inner}`;
}
