import { seedByKey } from '../../practice/world/reviews/seeds.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

export const definitions = '/v1.0/identityGovernance/accessReviews/definitions';
export const mineOnly = "filterByCurrentUser(on='reviewer')";

// biome-ignore lint/suspicious/noExplicitAny: answers of a fake service are looked at, not typed
type Wire = any;

/** A visit with a token for each person, and short ways to a review. */
export interface ReviewVisit extends Visit {
  as(key: string, method: string, path: string, body?: unknown): Promise<Answer>;
  asApp(method: string, path: string, body?: unknown): Promise<Answer>;
  later(advance: string): Promise<Answer>;
  /** Begins a review and answers the path of its instance. */
  start(key: string, more?: object): Promise<string>;
  /** The items that this person is to decide, at an instance or at one of its stages. */
  items(key: string, place: string): Promise<Wire[]>;
  statusOf(path: string): Promise<string>;
}

export function definitionPath(key: string): string {
  return `${definitions}/${seedByKey(key)?.definition.id}`;
}

export async function visitReviews(): Promise<ReviewVisit> {
  const visit = await visitPractice();
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (key: string): Promise<string> => {
    const token = tokens.get(key) ?? (key === 'app' ? visit.appToken() : visit.signIn(key, '.default'));
    tokens.set(key, token);
    return token;
  };
  const as: ReviewVisit['as'] = async (key, method, path, body) =>
    visit.graph(await tokenOf(key), method, path, body);
  const asApp: ReviewVisit['asApp'] = (method, path, body) => as('app', method, path, body);
  return Object.assign(Object.create(visit) as Visit, {
    as,
    asApp,
    later: (advance: string) => visit.control('POST', '/clock', { advance }),
    start: async (key: string, more: object = {}) => {
      await visit.control('POST', '/reviews/start', { reviews: [key], ...more });
      const { body } = await asApp('GET', `${definitionPath(key)}/instances`);
      const running = body.value.find((each: Wire) => each.status === 'InProgress');
      return `${definitionPath(key)}/instances/${running.id}`;
    },
    items: async (key: string, place: string) =>
      (await as(key, 'GET', `${place}/decisions/${mineOnly}`)).body.value,
    statusOf: async (path: string) => (await asApp('GET', path)).body.status,
  });
}
