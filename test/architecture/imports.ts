import path from 'node:path/posix';
import type { SourceFile } from './source-file.js';

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

const statement =
  /^(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;

function importsOf({ text }: SourceFile): readonly Import[] {
  return [...text.matchAll(statement)].map((match) => ({
    from: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** Which folders of src/ a folder may use, besides itself; `types:` for types only. */
const table: Readonly<Record<string, readonly string[]>> = {
  base: [],
  policy: ['base'],
  store: ['base'],
  audit: ['store', 'base'],
  identity: ['store', 'base'],
  graph: ['identity', 'types:policy', 'base'],
  cards: ['base'],
  jobs: ['store', 'audit', 'types:cards', 'base'],
  insight: ['audit', 'store', 'graph', 'base'],
  flows: ['policy', 'graph', 'identity', 'store', 'audit', 'insight', 'jobs', 'cards', 'base'],
};

const edgeOnly = /^(botbuilder|botframework-|@microsoft\/teams-ai|restify)/;

/** Every import that the plan of the house does not allow. */
export function importProblems(file: SourceFile): readonly string[] {
  return importsOf(file).flatMap((found) => {
    const why = found.from.startsWith('.')
      ? wrongPath(file.path, found)
      : wrongPackage(file.path, found.from);
    return why === undefined ? [] : [`${file.path}:${found.line} imports ${found.from}: ${why}`];
  });
}

function wrongPackage(from: string, name: string): string | undefined {
  if (!edgeOnly.test(name) || /^(bot|test|bench)\//.test(from)) return undefined;
  return 'only bot/ knows Teams';
}

function wrongPath(from: string, { from: specifier, typeOnly }: Import): string | undefined {
  const to = path.join(path.dirname(from), specifier);
  const [root = ''] = from.split('/');
  const [target = ''] = to.split('/');
  if (target === root) return root === 'src' ? wrongInside(from, to, typeOnly) : undefined;
  if (target === 'test') return 'nobody imports test';
  switch (root) {
    case 'bot':
      return target === 'src' ? undefined : 'bot/ uses src/ only';
    case 'src':
      return 'src/ uses nothing above it';
    case 'practice':
      return 'practice/ stands alone';
    default:
      return undefined;
  }
}

function wrongInside(from: string, to: string, typeOnly: boolean): string | undefined {
  const [, folder = '', flow = ''] = from.split('/');
  const [, target = '', otherFlow = ''] = to.split('/');
  if (isRules(from) && !['policy', 'base'].includes(target) && !isRules(to.replace(/\.js$/, '.ts')))
    return 'rules use policy, base and rules only';
  if (folder === target) {
    const isFlow = folder === 'flows' && to.split('/').length > 3;
    return isFlow && flow !== otherFlow
      ? 'a flow is not used by another, nor by what all flows share'
      : undefined;
  }
  const allowed = table[folder] ?? [];
  if (allowed.includes(target)) return undefined;
  if (!allowed.includes(`types:${target}`)) return `${folder}/ may not use ${target}/`;
  return typeOnly ? undefined : `${folder}/ may use types of ${target}/ only`;
}

/** `rules.ts` of a flow, and `<part>-rules.ts` where a flow has several. */
function isRules(file: string): boolean {
  return /[/-]rules\.ts$/.test(file);
}

/** Leave to act is given by rules and by nobody else. */
export function permitProblems({ path: from, code }: SourceFile): readonly string[] {
  if (from.startsWith('test/') || isRules(from) || from === 'src/policy/decision.ts') return [];
  return /\bpermit\(/.test(code) ? [`${from} calls permit(), which only rules may`] : [];
}
