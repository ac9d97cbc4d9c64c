const dots = '•••';

/** A phone number or a mail address as far as its owner needs it to know which one is meant. */
export function masked(value: string): string {
  const trimmed = value.trim();
  const at = trimmed.lastIndexOf('@');
  if (at > 0) return `${trimmed.slice(0, 1)}${dots}${trimmed.slice(at)}`;
  if (trimmed === '') return '';
  // Entra writes a country code, a blank and the number.
  const country = /^\+\d{1,3}(?= )/.exec(trimmed)?.[0];
  const end = trimmed.length > 6 ? trimmed.slice(-2) : '';
  return country === undefined ? `${dots}${end}` : `${country} ${dots}${end}`;
}
