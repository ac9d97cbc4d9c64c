export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `over` laid on `base`: records are merged, everything else is replaced, null takes a member away. */
export function mergeJson(base: JsonRecord, over: JsonRecord): JsonRecord {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const under = merged[name];
    if (value === null) delete merged[name];
    else merged[name] = isRecord(under) && isRecord(value) ? mergeJson(under, value) : value;
  }
  return merged;
}
