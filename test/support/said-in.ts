import type { InvokeAnswer } from './remote-control.js';

/** The sentence that a press was answered with, be it a notice or an error; empty when the answer is a card. */
export function saidIn({ value }: InvokeAnswer): string {
  if (typeof value === 'string') return value;
  const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : '';
  return typeof message === 'string' ? message : '';
}
