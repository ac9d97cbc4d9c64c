import type { SignInMethod } from '../../../graph/recovery/recovery.js';
import type { Case } from '../cases.js';
import { clocksDiffer } from '../clocks-differ.js';

const passkeyKinds = new Set<SignInMethod['kind']>(['passkey', 'hello', 'platform']);

/** What proves somebody by itself, and cannot be talked out of them. */
function passkeysAmong(methods: readonly SignInMethod[]): readonly SignInMethod[] {
  return methods.filter(({ kind }) => passkeyKinds.has(kind));
}

/** Those that will let them in: what may be the lost one counts once what is lost was removed. */
export function goodPasskeys(
  methods: readonly SignInMethod[],
  { baseline, cleaned, privileged }: Pick<Case, 'baseline' | 'cleaned' | 'privileged'>,
): readonly SignInMethod[] {
  return passkeysAmong(methods)
    .filter(({ id }) => cleaned === 1 || !baseline.includes(id))
    .filter((method) => privileged === 0 || isBound(method));
}

/**
 * The passkey that ends the case: not there when it was opened, and for people with a role one that cannot leave its
 * device. The date counts as well: at the opening the list could perhaps not be read.
 */
export function newPasskey(
  methods: readonly SignInMethod[],
  { baseline, opened_at, privileged }: Pick<Case, 'baseline' | 'opened_at' | 'privileged'>,
): SignInMethod | undefined {
  const fresh = passkeysAmong(methods).filter(
    ({ id, createdAt }) => !baseline.includes(id) && Date.parse(createdAt) >= opened_at - clocksDiffer,
  );
  const bound = fresh.find(isBound);
  return privileged === 1 ? bound : (bound ?? fresh[0]);
}

/** Of a passkey Entra has to say so; the others are keys of one computer. */
function isBound({ kind, passkeyType }: SignInMethod): boolean {
  return kind !== 'passkey' || passkeyType === 'deviceBound';
}
