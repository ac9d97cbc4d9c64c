import type { SignInMethod } from '../../../graph/recovery/recovery.js';

/** Entra keeps the default second factor while there are others: it comes last. `preferred` is Entra's word for it. */
export function removalOrder<Method extends Pick<SignInMethod, 'kind' | 'phoneType'>>(
  picked: readonly Method[],
  preferred: string,
): readonly Method[] {
  const rank = (method: Method): number => {
    if (isPreferred(method, preferred)) return 2;
    return secondFactors.has(method.kind) ? 1 : 0;
  };
  return [...picked].sort((a, b) => rank(a) - rank(b));
}

const secondFactors = new Set<SignInMethod['kind']>(['authenticator', 'oath', 'phone']);

function isPreferred(
  { kind, phoneType }: Pick<SignInMethod, 'kind' | 'phoneType'>,
  preferred: string,
): boolean {
  switch (preferred.toLowerCase()) {
    case 'push':
      return kind === 'authenticator';
    case 'oath':
      return kind === 'oath';
    case 'sms':
    case 'voicemobile':
      return kind === 'phone' && phoneType === 'mobile';
    case 'voicealternatemobile':
      return kind === 'phone' && phoneType === 'alternateMobile';
    case 'voiceoffice':
      return kind === 'phone' && phoneType === 'office';
    default:
      return false;
  }
}
