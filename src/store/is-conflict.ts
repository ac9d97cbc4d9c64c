/** A unique index said no: somebody else was first. */
export function isConflict(error: unknown): boolean {
  return conflictOf(error) !== undefined;
}

/** What it was about: PostgreSQL names the index, SQLite its columns, such as `claims.item, claims.action`. */
export function conflictOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && error.code === '23505') {
    return 'constraint' in error ? String(error.constraint) : '';
  }
  return /^UNIQUE constraint failed: (.*)$/.exec(error.message)?.[1];
}
