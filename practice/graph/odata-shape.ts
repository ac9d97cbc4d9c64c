import { type Entity, isMany } from './entity.js';
import { badRequest, type ExpandItem } from './odata-query.js';

export interface Shape {
  readonly select: readonly string[];
  readonly expand: readonly ExpandItem[];
  /** Puts `@odata.type` in front, as collections of mixed types do. */
  readonly typed?: boolean;
}

/** What goes over the wire of one entity. */
export function shaped(entity: Entity, { select, expand, typed = false }: Shape): Record<string, unknown> {
  // The id comes along whatever is selected.
  const names = select.length > 0 ? ['id', ...select] : (entity.defaults ?? Object.keys(entity.props));
  const out: Record<string, unknown> = typed ? { '@odata.type': `#microsoft.graph.${entity.type}` } : {};
  for (const name of names) {
    if (name in entity.props) out[name] = entity.props[name];
    else if (!(name in (entity.nav ?? {})) && name !== 'id') noSuchProperty(entity, name);
  }
  for (const item of everyItem(entity, expand)) out[item.name] = expanded(entity, item);
  return out;
}

function everyItem(entity: Entity, expand: readonly ExpandItem[]): readonly ExpandItem[] {
  if (!expand.some(({ name }) => name === '*')) return expand;
  return Object.keys(entity.nav ?? {}).map((name) => ({ name, select: [], expand: [], levels: 1 }));
}

function expanded(entity: Entity, item: ExpandItem): unknown {
  const target = (entity.nav?.[item.name] ?? noSuchProperty(entity, item.name))();
  const deeper = item.levels > 1 ? [{ ...item, levels: item.levels - 1 }] : [];
  const shape = { select: item.select, expand: [...item.expand, ...deeper] };
  if (isMany(target)) return target.map((each) => shaped(each, shape));
  return target ? shaped(target, shape) : null;
}

export function noSuchProperty(entity: Entity, name: string): never {
  return badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${entity.type}'.`);
}
