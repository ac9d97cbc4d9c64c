import { isRecord } from './json.js';

export interface ExecuteAction {
  readonly id?: string;
  readonly title?: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Refresh {
  readonly action: ExecuteAction;
  readonly userIds?: readonly string[];
}

/** The action a press sends: the card's own data underneath, what the person typed on top. */
export function pressedAction(
  card: unknown,
  verb: string,
  typed: Readonly<Record<string, unknown>>,
): ExecuteAction {
  const own = theOne(different(executeActions(card).filter((action) => action.verb === verb)), typed);
  if (!own) return { verb, data: typed };
  return { ...own, data: { ...own.data, ...typed } };
}

/** Every Action.Execute of a card, wherever it hides: ActionSets, ShowCards, columns, selectAction. */
export function executeActions(card: unknown): readonly ExecuteAction[] {
  const found: ExecuteAction[] = [];
  walk(card, found);
  return found;
}

export function refreshOf(card: unknown): Refresh | undefined {
  const refresh = isRecord(card) ? card.refresh : undefined;
  if (!isRecord(refresh)) return undefined;
  const action = asExecute(refresh.action);
  if (!action) return undefined;
  const userIds = refresh.userIds;
  if (!Array.isArray(userIds)) return { action };
  return { action, userIds: userIds.filter((id) => typeof id === 'string') };
}

function theOne(
  candidates: readonly ExecuteAction[],
  typed: Readonly<Record<string, unknown>>,
): ExecuteAction | undefined {
  if (candidates.length === 1) return candidates[0];
  const agreeing = candidates.filter((action) => agrees(action.data, typed));
  return agreeing.length === 1 ? agreeing[0] : undefined;
}

/** The same button may be drawn twice (above and below a long list): that is still one action. */
function different(actions: readonly ExecuteAction[]): readonly ExecuteAction[] {
  return [...new Map(actions.map((action) => [JSON.stringify(action.data), action])).values()];
}

/** Shares at least one value with what was posted, and contradicts none of it. */
function agrees(own: Readonly<Record<string, unknown>>, typed: Readonly<Record<string, unknown>>): boolean {
  const shared = Object.keys(typed).filter((name) => name in own);
  return (
    shared.length > 0 && shared.every((name) => JSON.stringify(own[name]) === JSON.stringify(typed[name]))
  );
}

function walk(node: unknown, found: ExecuteAction[]): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, found);
    return;
  }
  if (!isRecord(node)) return;
  const action = asExecute(node);
  if (action) found.push(action);
  for (const [name, value] of Object.entries(node)) {
    // `data` is the bot's own and may look like anything; `refresh` is pressed by the client, not by a person.
    if (name !== 'data' && name !== 'refresh') walk(value, found);
  }
}

function asExecute(node: unknown): ExecuteAction | undefined {
  if (!isRecord(node) || node.type !== 'Action.Execute') return undefined;
  const { id, title, verb, data } = node;
  return {
    verb: typeof verb === 'string' ? verb : '',
    data: isRecord(data) ? data : {},
    ...(typeof id === 'string' ? { id } : {}),
    ...(typeof title === 'string' ? { title } : {}),
  };
}
