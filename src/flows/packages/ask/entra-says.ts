import type { AppError } from '../../../base/errors.js';

export interface Meaning {
  readonly code: string;
  /** For the form, where the code alone does not say it. */
  readonly form: string;
}

/** What Entra refuses a request for, as far as its code tells; undefined: nothing that the form is about. */
export function meaningOf(error: AppError, { forMe }: { readonly forMe: boolean }): Meaning | undefined {
  const code = String(error.detail.graphCode ?? '');
  if (/incompatible/i.test(code)) {
    return {
      code: 'packages.conflict',
      form: 'Entra says that this cannot be had together with something that is there already.',
    };
  }
  if (/openrequest/i.test(code)) return { code: 'packages.asked-already', form: '' };
  if (/existing(grant|assignment)/i.test(code)) return { code: 'packages.held', form: '' };
  if (error.code === 'graph.forbidden') {
    return { code: forMe ? 'packages.may-not-ask' : 'packages.not-for-them', form: '' };
  }
  if (error.code !== 'graph.bad-request') return undefined;
  return {
    code: 'packages.form',
    form: 'Entra did not accept this. Please look at your answers and dates once more, or ask in My Access.',
  };
}
