import { badRequest } from './odata-query.js';
import { filterTokens, type Token } from './odata-tokens.js';

type Operator = 'eq' | 'ge' | 'le' | 'startswith';

/** Something that a log can be searched by, and how. */
export interface LogProperty<Row> {
  readonly operators: readonly Operator[];
  readonly values: (row: Row) => readonly string[];
  /** A text in quotes unless told. */
  readonly type?: 'moment' | 'number';
}

/** By the name in the filter; `things/any/id` is what `things/any(t:t/id …)` finds. */
export type LogProperties<Row> = Readonly<Record<string, LogProperty<Row>>>;

type Clause<Row> = (row: Row) => boolean;

interface Reader<Row> {
  readonly properties: LogProperties<Row>;
  take(): Token;
  wrong(): never;
}

const moment = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;

/** Clauses joined by `and`. */
export function logFilter<Row>(properties: LogProperties<Row>, filter: string): Clause<Row> {
  const left = filterTokens(filter);
  const wrong = (): never => badRequest(`Invalid filter clause: syntax error in '${filter}'.`);
  const reader: Reader<Row> = { properties, wrong, take: () => left.shift() ?? wrong() };
  const clauses = [clause(reader)];
  while (left.length > 0) {
    if (reader.take().text.toLowerCase() !== 'and') return wrong();
    clauses.push(clause(reader));
  }
  return (row) => clauses.every((fits) => fits(row));
}

function clause<Row>(reader: Reader<Row>): Clause<Row> {
  const first = reader.take();
  if (first.kind !== 'word') return reader.wrong();
  if (first.text.endsWith('/any')) return anyOf(first.text, reader);
  return comparison(first.text, (name) => name, reader);
}

/** `any(t:t/id eq '…')` or `any(t:startswith(t/displayName,'…'))`. */
function anyOf<Row>(list: string, reader: Reader<Row>): Clause<Row> {
  expectSign('(', reader);
  const [, variable, rest = ''] = /^(\w+):(.*)$/.exec(reader.take().text) ?? reader.wrong();
  const named = (name: string): string =>
    name.startsWith(`${variable}/`) ? `${list}/${name.slice(`${variable}/`.length)}` : reader.wrong();
  const inner = comparison(rest === '' ? reader.take().text : rest, named, reader);
  expectSign(')', reader);
  return inner;
}

function comparison<Row>(first: string, named: (name: string) => string, reader: Reader<Row>): Clause<Row> {
  if (first !== 'startswith') {
    const name = named(first);
    return test(reader, name, reader.take().text, reader.take());
  }
  expectSign('(', reader);
  const name = named(reader.take().text);
  expectSign(',', reader);
  const found = test(reader, name, 'startswith', reader.take());
  expectSign(')', reader);
  return found;
}

function test<Row>({ properties }: Reader<Row>, name: string, operator: string, value: Token): Clause<Row> {
  const property = properties[name];
  const allowed = property?.operators.find((each) => each === operator);
  if (property === undefined || allowed === undefined) return unsupported(name, operator);
  if (property.type === 'moment') return timeTest(property, allowed, value);
  if (property.type === 'number') return numberTest(name, property, value);
  if (value.kind !== 'text')
    return badRequest(`Invalid filter clause: '${name}' is compared with a text in quotes.`);
  const wanted = value.text.toLowerCase();
  return (row) =>
    property
      .values(row)
      .some((each) =>
        allowed === 'startswith' ? each.toLowerCase().startsWith(wanted) : each.toLowerCase() === wanted,
      );
}

function timeTest<Row>({ values }: LogProperty<Row>, operator: Operator, { kind, text }: Token): Clause<Row> {
  if (kind !== 'word' || !moment.test(text))
    return badRequest(`Invalid filter clause: '${text}' is not a date and time.`);
  const wanted = Date.parse(text);
  return (row) =>
    values(row).some((each) => {
      const at = Date.parse(each);
      if (operator === 'ge') return at >= wanted;
      return operator === 'le' ? at <= wanted : at === wanted;
    });
}

function numberTest<Row>(name: string, { values }: LogProperty<Row>, { kind, text }: Token): Clause<Row> {
  if (kind !== 'word' || !/^\d+$/.test(text))
    return badRequest(`Invalid filter clause: '${name}' is compared with a number.`);
  return (row) => values(row).includes(String(Number(text)));
}

function expectSign<Row>(text: string, reader: Reader<Row>): void {
  const token = reader.take();
  if (token.kind !== 'sign' || token.text !== text) reader.wrong();
}

function unsupported(name: string, operator: string): never {
  return badRequest(`Invalid filter clause: '${operator}' is not supported for the property '${name}'.`);
}
