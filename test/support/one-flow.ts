import { starterText } from '../policy/starter-policy.js';

export type FlowName = 'packages' | 'reviews' | 'pim' | 'recovery';

const quietHours = /\n {2}quiet:\n {4}from:.*\n {4}to:.*/;

/**
 * The policy file that everybody starts with, with one flow switched on: the others' background work would only be in
 * the way of a story. There are no quiet hours: nobody is kept waiting by the time of day at which a test runs.
 */
export function oneFlow(flow: FlowName): string {
  return starterText()
    .replace(quietHours, '')
    .replace(/^ {2}(packages|reviews|pim|recovery): act$/gm, (line, name: string) =>
      name === flow ? line : `  ${name}: off`,
    );
}

/** Whoever loses access is told how to come back, where packages can be asked for. */
export function withPackages(policy: string): string {
  return policy.replace('packages: off', 'packages: act');
}
