/** The policy file with one flow switched on: the others' background work would only be in the way of a story. */
export function oneFlow(policy: string, flow: 'packages' | 'pim' | 'recovery'): string {
  return policy.replace(/^ {2}(packages|reviews|pim|recovery): act$/gm, (line, name: string) =>
    name === flow ? line : `  ${name}: off`,
  );
}
