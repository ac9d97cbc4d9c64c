/** For `$filter`: whatever the value holds stays one literal. */
export function equal(property: string, value: string): string {
  return `${property} eq '${value.replaceAll("'", "''")}'`;
}
