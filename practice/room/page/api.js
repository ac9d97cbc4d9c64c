// @ts-check

/**
 * @typedef {{ key: string, id: string, displayName: string, jobTitle: string, department: string, mail: string,
 *   userType: 'Member' | 'Guest', tenant: 'home' | 'other' }} Person
 * @typedef {{ key: string, id: string, name: string, installed: boolean }} Channel
 * @typedef {{ kind: 'info' | 'error', text: string }} Notice
 * @typedef {{ kind: 'sign-in', text: string, title: string, url: string }} Prompt
 * @typedef {{ kind: 'consent', name: string, description: string, sizeInBytes: number } |
 *   { kind: 'info', name: string, url: string, fileType: string }} FileCard
 * @typedef {{ id: string, from: string, at: string, updatedAt?: string, text?: string, card?: object, file?: FileCard,
 *   notice?: Notice, prompt?: Prompt }} Entry
 * @typedef {{ id: string, at: string, service: string, method: string, path: string, body?: unknown, status: number,
 *   token: 'user' | 'app' | 'none', user?: string }} LoggedRequest
 * @typedef {{ stage: string, approvers: string[], status: string, result: string, decidedBy: string | null,
 *   decidedAt: string | null, justification: string | null }} RecordedStage
 * @typedef {{ id: string, package: string, type: string, requestor: string, target: string, state: string,
 *   justification: string, answers: string[], createdAt: string, approvals: RecordedStage[] }} RecordedRequest
 * @typedef {{ id: string, package: string, person: string, state: string, from: string, until: string | null }} Assignment
 * @typedef {{ person: string, decision: string, by: string, at: string, justification: string }} RecordedDecision
 * @typedef {{ id: string, name: string, status: string, stage: number | null, reviewers: string[], decided: number,
 *   of: number, until: string, latest: RecordedDecision[] }} RecordedReview
 * @typedef {{ person: string, role: string, from: string, until: string | null }} ActiveRole
 * @typedef {{ result: string, by: string, at: string | null, justification: string }} RoleDecision
 * @typedef {{ id: string, person: string, role: string, state: string, createdAt: string, minutes: number,
 *   from: string | null, until: string | null, reason: string, ticket: string, approvers: string[],
 *   decision: RoleDecision | null }} AskedRole
 * @typedef {{ active: ActiveRole[], asked: AskedRole[] }} RecordedRoles
 * @typedef {{ person: string, state: string, minutes: number, once: boolean, until: string,
 *   used: string | null }} RecordedPass
 * @typedef {{ person: string, method: string, at: string }} RecordedMethod
 * @typedef {{ title: string, method: object }} Choice
 * @typedef {{ passes: RecordedPass[], registered: RecordedMethod[], choices: Choice[] }} RecordedRecovery
 * @typedef {{ requests: RecordedRequest[], assignments: Assignment[], reviews: RecordedReview[],
 *   roles: RecordedRoles, recovery: RecordedRecovery }} Entra
 * @typedef {{ now: string, offsetMs: number }} ClockNow
 */

/** @returns {Promise<Person[]>} */
export const listPeople = () => call('GET', '/people');

/** @returns {Promise<Channel[]>} */
export const listChannels = () => call('GET', '/channels');

/** @returns {Promise<{ clock: ClockNow }>} */
export const overview = () => call('GET', '/');

/** @type {(key: string) => Promise<Entry[]>} */
export const timeline = (key) => call('GET', `/people/${key}/timeline`);

/** @type {(key: string) => Promise<Entry[]>} */
export const channelTimeline = (key) => call('GET', `/channels/${key}/timeline`);

/** @type {(key: string, text: string) => Promise<{ id: string }>} */
export const say = (key, text) => call('POST', `/people/${key}/messages`, { text });

/** @type {(key: string) => Promise<unknown>} */
export const openChat = (key) => call('POST', `/people/${key}/open`);

/** @type {(key: string, card: string, verb: string, data: object) => Promise<unknown>} */
export const press = (key, card, verb, data) =>
  call('POST', `/people/${key}/cards/${card}/actions`, { verb, data });

/**
 * A plain Action.Submit reaches a bot as a message without text that carries the inputs.
 * @type {(key: string, card: string, value: object) => Promise<unknown>}
 */
export const submit = (key, card, value) =>
  call('POST', `/people/${key}/activities`, { text: null, attachments: null, replyToId: card, value });

/**
 * The page was really used, so what it granted is recorded already.
 * @type {(key: string, card: string, state?: string) => Promise<unknown>}
 */
export const finishSignIn = (key, card, state) =>
  call('POST', `/people/${key}/cards/${card}/sign-in`, { grant: false, ...(state ? { state } : {}) });

/** Allows or declines the file that a message offers. @type {(key: string, message: string, answer: 'accept' | 'decline') => Promise<unknown>} */
export const consent = (key, message, answer) =>
  call('POST', `/people/${key}/files/${message}/consent`, { answer });

/** @returns {Promise<Entra>} */
export const recorded = () => call('GET', '/entra');

/** What went to Graph and to Azure, oldest first. @returns {Promise<LoggedRequest[]>} */
export async function graphCalls() {
  const services = ['graph', 'azure'].map((service) => call('GET', `/requests?service=${service}`));
  const calls = (await Promise.all(services)).flat();
  return calls.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Begins every access review that this tenant has planned. @returns {Promise<unknown>} */
export const startReviews = () => call('POST', '/reviews/start', { reviews: 'all' });

/** At the sign-in page, with the code of a Temporary Access Pass. @type {(person: string, code: string, register?: object) => Promise<unknown>} */
export const signInWithPass = (person, code, register) =>
  call('POST', '/recovery/sign-in', { person, code, ...(register ? { register } : {}) });

/** @type {(duration: string) => Promise<ClockNow>} */
export const advance = (duration) => call('POST', '/clock', { advance: duration });

/** A new world; the bot hears again that it was installed. */
export async function reset() {
  await call('POST', '/reset');
  await call('POST', '/announce');
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function call(method, path, body) {
  const content = body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {};
  const response = await fetch(`/practice${path}`, { method, ...content });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : undefined;
  if (response.ok) return answer;
  throw new Error(
    typeof answer?.error === 'string' ? answer.error : 'The practice tenant did not take that.',
  );
}
