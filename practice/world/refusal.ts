/** A rule of the practice tenant says no; the services turn it into the answer their real model would give. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  /** What some services say once more inside. */
  readonly inner: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, inner: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.inner = inner;
  }
}

export function refuse(status: number, code: string, message: string): never {
  throw new Refusal(status, code, message);
}
