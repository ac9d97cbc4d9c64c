/** For what a test cannot go on without. */
export function missing(what: string): never {
  throw new Error(`There is no ${what}`);
}
