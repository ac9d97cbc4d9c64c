/**
 * Practice mode is for laptops. Node cleans up late where it may have gigabytes: told that it has less it holds half as
 * much after a busy minute, and is not slower. package.json says the same of the practice tenant's process.
 */
export const leanNode: readonly string[] = ['--max-semi-space-size=4', '--max-old-space-size=512'];
