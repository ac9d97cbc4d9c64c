import { type Document, isMap, isNode, isPair, isScalar, isSeq, type LineCounter } from 'yaml';

/** Counted from 1, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the key at the end of the path stands; if it is not there, the nearest thing above it that is. */
export function positionOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): Position {
  let offset = startOf(document.contents);
  let node: unknown = document.contents;
  for (const key of path) {
    const found = step(node, key);
    if (found === undefined) break;
    offset = startOf(found.mark);
    node = found.node;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function step(
  node: unknown,
  key: PropertyKey,
): { readonly mark: unknown; readonly node: unknown } | undefined {
  if (isSeq(node))
    return typeof key === 'number' ? { mark: node.items[key], node: node.items[key] } : undefined;
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && same(item.key.value, key));
  return pair === undefined ? undefined : { mark: pair.key, node: pair.value };
}

/** Ids are small letters in the policy, whatever they are in the file. */
function same(written: unknown, key: PropertyKey): boolean {
  return String(written).toLowerCase() === String(key).toLowerCase();
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
