import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import { prepareView } from '../../src/cards/prepare-view.js';

/** Every `${...}` of a template. */
export function expressionsOf(node: unknown): readonly string[] {
  if (typeof node === 'string') return [...node.matchAll(/\$\{([^}]*)\}/g)].map(([, inner = '']) => inner);
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(expressionsOf);
}

/** The names of fields an expression asks for: no functions, no words in quotes. */
export function namesIn(expression: string): readonly string[] {
  const bare = expression.replace(/'[^']*'/g, '').replace(/\$(root|data|index)\.?/g, '');
  return [...bare.matchAll(/[A-Za-z_]\w*(?!\w*\()/g)].map(([name]) => name);
}

interface When {
  readonly condition: string;
  /** What it comes to for a view; several times where it stands in a list. */
  of(view: object): readonly boolean[];
}

/** Every `$when`, with the list it stands in. */
export function whensOf(node: unknown, list: readonly string[] = [], words?: unknown): readonly When[] {
  if (Array.isArray(node)) return node.flatMap((item) => whensOf(item, list, words));
  if (typeof node !== 'object' || node === null) return [];
  const data = '$data' in node ? node.$data : undefined;
  const inner = typeof data === 'string' ? [...list, data] : list;
  const known = typeof data === 'object' ? data : words;
  const own = '$when' in node && typeof node.$when === 'string' ? [when(node.$when, inner, known)] : [];
  return [...own, ...Object.values(node).flatMap((item) => whensOf(item, inner, known))];
}

/** Asks the template language itself: a tiny template that shows only the condition. */
function when(condition: string, lists: readonly string[], words: unknown): When {
  const nested = nest(condition, lists);
  const template = new Template(words === undefined ? nested : { $data: words, ...nested });
  return {
    condition,
    of: (view) => foundIn(template.expand({ $root: prepareView(view) })),
  };
}

function nest(condition: string, [list, ...rest]: readonly string[]): object {
  return list === undefined ? { found: condition } : { items: [{ $data: list, ...nest(condition, rest) }] };
}

function foundIn(node: unknown): readonly boolean[] {
  if (Array.isArray(node)) return node.flatMap(foundIn);
  if (typeof node !== 'object' || node === null) return [];
  const own = 'found' in node ? [node.found === true] : [];
  return [...own, ...Object.values(node).flatMap(foundIn)];
}
