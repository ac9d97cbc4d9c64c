/** A review whose end Entra does not say is compared, and sorted, as one that ends after all others. */
export const noEnd = Date.UTC(9999, 0);

/** What Entra did not say, or said in a way nobody can read, is the other time. */
export function timeOf(text: string | undefined, otherwise: number): number {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? otherwise : at;
}
