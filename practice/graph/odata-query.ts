import { refuse } from '../world/refusal.js';

export interface ExpandItem {
  readonly name: string;
  readonly select: readonly string[];
  readonly expand: readonly ExpandItem[];
  /** How deep a recursive property (manager) is followed. */
  readonly levels: number;
}

export interface ODataQuery {
  readonly select: readonly string[];
  readonly expand: readonly ExpandItem[];
  readonly filter: string | undefined;
  readonly search: string | undefined;
  readonly orderby: string | undefined;
  readonly top: number | undefined;
  readonly skip: number;
  readonly count: boolean;
}

const known = new Set([
  '$select',
  '$expand',
  '$filter',
  '$search',
  '$orderby',
  '$top',
  '$skip',
  '$skiptoken',
  '$count',
  '$format',
]);

export function odataQuery(query: URLSearchParams): ODataQuery {
  // A misspelt option must not look like one that was honoured.
  for (const name of query.keys()) {
    if (name.startsWith('$') && !known.has(name))
      badRequest(`The query parameter '${name}' is not supported.`);
  }
  const get = (name: string): string | undefined => query.get(name) ?? undefined;
  const token = get('$skiptoken');
  return {
    select: names(get('$select') ?? ''),
    expand: expandItems(get('$expand') ?? ''),
    filter: get('$filter'),
    search: get('$search'),
    orderby: get('$orderby'),
    top: get('$top') === undefined ? undefined : wholeNumber('$top', get('$top')),
    skip: token === undefined ? wholeNumber('$skip', get('$skip') ?? '0') : offsetOf(token),
    count: get('$count')?.toLowerCase() === 'true',
  };
}

export function skipToken(offset: number): string {
  return Buffer.from(`o:${offset}`).toString('base64url');
}

export function badRequest(message: string): never {
  return refuse(400, 'BadRequest', message);
}

function offsetOf(token: string): number {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  return /^o:\d+$/.test(text) ? Number(text.slice(2)) : badRequest('Skip token is not valid.');
}

function wholeNumber(name: string, text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '')
    ? Number(text)
    : badRequest(`Invalid value '${text}' for ${name} query option found.`);
}

function names(list: string): string[] {
  return split(list, ',').filter((name) => name !== '*');
}

function expandItems(list: string): ExpandItem[] {
  return split(list, ',').map((item) => {
    const found =
      /^([A-Za-z*]+)(?:\((.*)\))?$/s.exec(item) ?? badRequest('Parsing OData Select and Expand failed.');
    const options = new Map(
      split(found[2] ?? '', ';').map((option): [string, string] => {
        const [name = '', ...value] = option.split('=');
        return [name.trim(), value.join('=').trim()];
      }),
    );
    const levels = options.get('$levels') ?? '1';
    return {
      name: found[1] ?? '',
      select: names(options.get('$select') ?? ''),
      expand: expandItems(options.get('$expand') ?? ''),
      levels: levels === 'max' ? 100 : wholeNumber('$levels', levels),
    };
  });
}

/** Splits at separators that stand outside all brackets. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === separator && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${sign}`);
  }
  if (depth !== 0) badRequest('Parsing OData Select and Expand failed.');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
