/** An object of Graph before `$select` and `$expand`. */
export interface Entity {
  /** Without `microsoft.graph.`, for example `user`. */
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** What comes without `$select`; everything when absent. */
  readonly defaults?: readonly string[];
  readonly nav?: Readonly<Record<string, () => Entity | readonly Entity[] | undefined>>;
}

/** The value behind a path such as `accessPackage/id`; `known` is false when the type has no such property. */
export function valueAt(entity: Entity, path: string): { readonly known: boolean; readonly value: unknown } {
  const [head = '', ...rest] = path.split('/');
  if (head in entity.props) return plainValueAt(entity.props[head], rest);
  const target = entity.nav?.[head]?.();
  if (isMany(target) || !(head in (entity.nav ?? {}))) return { known: false, value: undefined };
  return target ? valueAt(target, rest.join('/')) : { known: true, value: null };
}

function plainValueAt(value: unknown, path: readonly string[]): { known: boolean; value: unknown } {
  const [head, ...rest] = path;
  if (head === undefined) return { known: true, value };
  const inner: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, head) : null;
  return plainValueAt(inner, rest);
}

export function isMany(target: Entity | readonly Entity[] | undefined): target is readonly Entity[] {
  return Array.isArray(target);
}
