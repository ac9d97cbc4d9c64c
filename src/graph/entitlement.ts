import { because } from '../identity/because.js';
import { asPackage, asRequirements, type PackageInfo, type Requirement } from './access-package.js';
import { asPolicy, type PolicyInfo } from './access-policy.js';
import { asRequest, asStage, type RequestInfo, type StageInfo } from './access-request.js';
import { collect, parsed } from './collect.js';
import { eachOrGone } from './each-or-gone.js';
import { equal } from './equal.js';
import { graphError } from './errors.js';
import type { GraphAs, GraphReader, WriteOptions } from './graph.js';
import { relativeUrl, segment } from './url.js';

export type { PackageInfo, Requirement } from './access-package.js';
export type { ApproverSet, Escalation, PolicyInfo, PolicyStageInfo } from './access-policy.js';
export type { AnswerInfo, Choice, LocalText, Question } from './access-question.js';
export type { RequestInfo, StageInfo } from './access-request.js';
export { entitlementRowsSince } from './directory-audits.js';
export { type Held, heldById, heldPages, heldPart, myHeld, type Place } from './held-packages.js';
export { type Conflicts, conflictsOf } from './package-conflicts.js';
export {
  deliveredAssignments,
  grantingAmong,
  type HeldPackage,
  packagesGranting,
} from './package-holders.js';
export { type Opens, packageOpens } from './package-opens.js';
export {
  cancelRequest,
  type GivenAnswer,
  giveBack,
  type NewRequest,
  reprocessRequest,
  submitRequest,
} from './submit-request.js';

const base = '/identityGovernance/entitlementManagement';
const whole = { $expand: 'requestor,accessPackage,assignment($expand=assignmentPolicy,target)' };
/** What the people concerned may see with their small permission. */
const own = { $expand: 'requestor,accessPackage,assignment($expand=target)' };
const withQuestions = { $expand: 'questions' };

/** What this person may ask for. */
export function listRequestable(graph: GraphAs): Promise<readonly PackageInfo[]> {
  return collect(graph.pages(`${base}/accessPackages/filterByCurrentUser(on='allowedRequestor')`), asPackage);
}

/** One element a policy that applies to this person; none: they may not ask. An action, but it only reads. */
export async function requirementsFor(graph: GraphAs, packageId: string): Promise<readonly Requirement[]> {
  const path = `${base}/accessPackages/${segment(packageId)}/getApplicablePolicyRequirements`;
  return asRequirements(await graph.post(path, undefined, { readsOnly: true }));
}

/** Requests for this person, old and new. Not all of it can be read one by one with their small permission. */
export function myRequests(graph: GraphAs): Promise<readonly RequestInfo[]> {
  return requestsOf(graph, 'target');
}

/** Requests that this person made, also those for somebody else. */
export function requestsIMade(graph: GraphAs): Promise<readonly RequestInfo[]> {
  return requestsOf(graph, 'createdBy');
}

function requestsOf(graph: GraphAs, on: 'target' | 'createdBy'): Promise<readonly RequestInfo[]> {
  const path = `${base}/assignmentRequests/filterByCurrentUser(on='${on}')`;
  return collect(graph.pages(path, { query: own }), asRequest);
}

export async function requestById(reader: GraphReader, requestId: string): Promise<RequestInfo> {
  return asRequest(await reader.get(requestPath(requestId), { query: whole }));
}

/** By id. `gone`: Entra does not know it. What cannot be read now is left out, and whoever watches it looks again. */
export function requestsByIds(
  reader: GraphReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RequestInfo | 'gone'>> {
  return eachOrGone(reader, new Map(ids.map((id) => [id, relativeUrl(requestPath(id), whole)])), asRequest);
}

/** Everybody's requests in one state, page by page. */
export function requestsInState(reader: GraphReader, state: string): AsyncIterable<readonly RequestInfo[]> {
  const query = { ...whole, $filter: equal('state', state) };
  return parsed(reader.pages(`${base}/assignmentRequests`, { query }), asRequest);
}

/** Everybody's requests for one package, or those made since then, page by page. */
export function requestPages(
  graph: GraphReader | GraphAs,
  { packageId, since }: { readonly packageId: string; readonly since?: Date },
): AsyncGenerator<readonly RequestInfo[]> {
  const made = since === undefined ? '' : ` and createdDateTime ge ${since.toISOString()}`;
  const query = { ...whole, $filter: `${equal('accessPackage/id', packageId)}${made}` };
  return parsed(graph.pages(`${base}/assignmentRequests`, { query }), asRequest);
}

export function pendingRequests(reader: GraphReader): AsyncIterable<readonly RequestInfo[]> {
  return requestsInState(reader, 'pendingApproval');
}

/** An approval has the id of its request; stages appear one after the other. */
export function approvalStages(graph: GraphAs, approvalId: string): Promise<readonly StageInfo[]> {
  return collect(graph.pages(`${approvalPath(approvalId)}/stages`), asStage);
}

export interface StageDecision {
  readonly approvalId: string;
  readonly stageId: string;
  /** Written like this; read back as Approved and Denied. */
  readonly result: 'Approve' | 'Deny';
  readonly justification: string;
  readonly landed?: NonNullable<WriteOptions['landed']>;
}

/** Fails with `graph.conflict` when somebody else was faster. */
export function decideApprovalStage(graph: GraphAs, decision: StageDecision): Promise<void> {
  const { approvalId, stageId, result, justification, landed } = decision;
  const body = { reviewResult: result, justification };
  const options = landed === undefined ? {} : { landed };
  return graph.patch(`${approvalPath(approvalId)}/stages/${segment(stageId)}`, body, options);
}

export async function policyById(reader: GraphReader, policyId: string): Promise<PolicyInfo> {
  const path = `${base}/assignmentPolicies/${segment(policyId)}`;
  return asPolicy(await reader.get(path, { query: withQuestions }));
}

export function policiesOfPackage(reader: GraphReader, packageId: string): Promise<readonly PolicyInfo[]> {
  const path = `${base}/accessPackages/${segment(packageId)}/assignmentPolicies`;
  return collect(reader.pages(path, { query: withQuestions }), asPolicy);
}

/** The policy under which a request was made. Where Entra does not name it, it is known only if there is no choice. */
export async function policyOf(reader: GraphReader, request: RequestInfo): Promise<PolicyInfo> {
  if (request.policyId !== undefined) return policyById(reader, request.policyId);
  const [only, ...others] = await policiesOfPackage(reader, request.packageId);
  if (only === undefined || others.length > 0) throw graphError('graph.not-found', because('no one policy'));
  return only;
}

export async function packageById(reader: GraphReader, packageId: string): Promise<PackageInfo> {
  const query = { $expand: 'catalog' };
  return asPackage(await reader.get(`${base}/accessPackages/${segment(packageId)}`, { query }));
}

function requestPath(requestId: string): string {
  return `${base}/assignmentRequests/${segment(requestId)}`;
}

function approvalPath(approvalId: string): string {
  return `${base}/accessPackageAssignmentApprovals/${segment(approvalId)}`;
}

/** With their catalogs, which a requestor's own list does not tell. Whichever cannot be read is left out. */
export async function packagesByIds(
  reader: GraphReader,
  ids: readonly string[],
): Promise<readonly PackageInfo[]> {
  const paths = new Map(ids.map((id) => [id, `${base}/accessPackages/${segment(id)}`]));
  const answers = await reader.getMany(paths, { query: { $expand: 'catalog' } });
  return [...answers.values()].flatMap((answer) => (answer.kind === 'ok' ? [asPackage(answer.body)] : []));
}
