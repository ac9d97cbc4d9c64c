import { exact, inputText, markdownText, plainText } from './outside-text.js';

export type Finished =
  | { readonly kind: 'finished'; readonly content: object }
  /** A `${` of the template itself is left over. */
  | { readonly kind: 'unfilled'; readonly place: string };

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** Properties that a person reads. All others (url, verb, id, style, ...) are for the client. */
const read = new Set(
  'text title label placeholder value errorMessage altText tooltip fallbackText speak'.split(' '),
);

/** Takes the disguise of outside text off again, each text as its place in the card needs it. */
export function finishCard(expanded: JsonObject): Finished {
  // What came from outside is still in disguise, so a `${` can only be the template's own.
  const place = unfilled(expanded, 'card');
  if (place !== undefined) return { kind: 'unfilled', place };
  return { kind: 'finished', content: finishObject(expanded, '') };
}

function unfilled(value: Json, place: string): string | undefined {
  if (typeof value === 'string') return value.includes('${') ? place : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = unfilled(item, `${place}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `cut` is ours: how many characters of this element's text are shown. It does not go to Teams. */
function finishObject({ cut, ...node }: JsonObject, list: string): JsonObject {
  const most = typeof cut === 'number' ? cut : undefined;
  // Outside a list, what `$when` leaves out is null; a property that Teams knows, such as refresh, must be gone.
  const there = Object.entries(node).filter(([, item]) => item !== null);
  const entries = there.map(([key, item]): [string, Json] => {
    if (typeof item === 'string') return [key, finishText(item, { key, node, list, most })];
    return [key, key === 'data' ? asItWas(item) : finishInside(item, key)];
  });
  return Object.fromEntries(entries);
}

function finishInside(value: Json, list: string): Json {
  if (typeof value === 'string') return exact(value);
  if (isList(value)) return value.map((item) => finishInside(item, list));
  return typeof value === 'object' && value !== null ? finishObject(value, list) : value;
}

/** What a button sends back is not for reading: it returns as it was handed in. */
function asItWas(value: Json): Json {
  if (typeof value === 'string') return exact(value);
  if (isList(value)) return value.map(asItWas);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asItWas(item)]));
}

interface Where {
  readonly key: string;
  readonly node: JsonObject;
  /** The property that holds the element: facts and choices have no type of their own. */
  readonly list: string;
  readonly most: number | undefined;
}

function finishText(text: string, { key, node, list, most }: Where): string {
  if (list === 'choices' && key === 'value') return exact(text);
  if (!read.has(key)) return exact(text);
  const isInput = typeof node.type === 'string' && node.type.startsWith('Input.');
  if (isInput && key === 'value') return inputText(text);
  const isMarkdown = (node.type === 'TextBlock' && key === 'text') || list === 'facts' || list === 'choices';
  return isMarkdown ? markdownText(text, most) : plainText(text, most);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
