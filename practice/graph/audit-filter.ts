import type { AuditRow } from '../world/audits.js';
import { badRequest } from './odata-query.js';
import { filterTokens, type Token } from './odata-tokens.js';

type Operator = 'eq' | 'ge' | 'le' | 'startswith';

interface Property {
  readonly operators: readonly Operator[];
  readonly values: (row: AuditRow) => readonly string[];
}

const same: readonly Operator[] = ['eq'];
const start: readonly Operator[] = ['eq', 'startswith'];

/** What the log may be searched by, and how: nothing else is documented, so nothing else is answered here. */
const properties: Readonly<Record<string, Property>> = {
  activityDateTime: { operators: ['eq', 'ge', 'le'], values: ({ at }) => [at] },
  activityDisplayName: { operators: start, values: ({ activity }) => [activity] },
  correlationId: { operators: same, values: ({ correlationId }) => [correlationId] },
  loggedByService: { operators: same, values: ({ service }) => [service] },
  'initiatedBy/user/id': { operators: same, values: ({ by }) => (by.kind === 'user' ? [by.id] : []) },
  'initiatedBy/user/displayName': {
    operators: same,
    values: ({ by }) => (by.kind === 'user' ? [by.name] : []),
  },
  'initiatedBy/user/userPrincipalName': {
    operators: start,
    values: ({ by }) => (by.kind === 'user' ? [by.userPrincipalName] : []),
  },
  // This log names apps by their service principal: there is no app id to find them by.
  'initiatedBy/app/appId': { operators: same, values: () => [] },
  'initiatedBy/app/displayName': {
    operators: same,
    values: ({ by }) => (by.kind === 'app' ? [by.name] : []),
  },
  'targetResources/any/id': { operators: same, values: ({ targets }) => targets.map(({ id }) => id) },
  'targetResources/any/displayName': {
    operators: start,
    values: ({ targets }) => targets.map(({ name }) => name),
  },
};

const moment = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;

/** Clauses joined by `and`. */
export function auditFilter(filter: string): (row: AuditRow) => boolean {
  const left = filterTokens(filter);
  const take = (): Token => left.shift() ?? wrong(filter);
  const clauses = [clause(take, filter)];
  while (left.length > 0) {
    if (take().text.toLowerCase() !== 'and') return wrong(filter);
    clauses.push(clause(take, filter));
  }
  return (row) => clauses.every((fits) => fits(row));
}

type Clause = (row: AuditRow) => boolean;
type Take = () => Token;

function clause(take: Take, filter: string): Clause {
  const first = take();
  if (first.kind !== 'word') return wrong(filter);
  if (first.text === 'targetResources/any') return anyTarget(take, filter);
  return comparison(first.text, (name) => name, take, filter);
}

/** `any(t:t/id eq '…')` or `any(t:startswith(t/displayName,'…'))`. */
function anyTarget(take: Take, filter: string): Clause {
  expectSign('(', take, filter);
  const [, variable, rest = ''] = /^(\w+):(.*)$/.exec(take().text) ?? wrong(filter);
  const named = (name: string): string =>
    name.startsWith(`${variable}/`)
      ? `targetResources/any/${name.slice(`${variable}/`.length)}`
      : wrong(filter);
  const inner = comparison(rest === '' ? take().text : rest, named, take, filter);
  expectSign(')', take, filter);
  return inner;
}

function comparison(first: string, named: (name: string) => string, take: Take, filter: string): Clause {
  if (first !== 'startswith') {
    const name = named(first);
    return test(name, take().text, take());
  }
  expectSign('(', take, filter);
  const name = named(take().text);
  expectSign(',', take, filter);
  const found = test(name, 'startswith', take());
  expectSign(')', take, filter);
  return found;
}

function test(name: string, operator: string, value: Token): Clause {
  const property = properties[name];
  const allowed = property?.operators.find((each) => each === operator);
  if (property === undefined || allowed === undefined) return unsupported(name, operator);
  if (name === 'activityDateTime') return timeTest(property, allowed, value);
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

function timeTest({ values }: Property, operator: Operator, { kind, text }: Token): Clause {
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

function expectSign(text: string, take: Take, filter: string): void {
  const token = take();
  if (token.kind !== 'sign' || token.text !== text) wrong(filter);
}

function unsupported(name: string, operator: string): never {
  return badRequest(`Invalid filter clause: '${operator}' is not supported for the property '${name}'.`);
}

function wrong(filter: string): never {
  return badRequest(`Invalid filter clause: syntax error in '${filter}'.`);
}
