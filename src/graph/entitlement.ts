import { because } from '../identity/because.js';
import { asPackage, asRequirements, type PackageInfo, type Requirement } from './access-package.js';
import { asPolicy, type PolicyInfo } from './access-policy.js';
import { asRequest, asStage, type RequestInfo, type StageInfo } from './access-request.js';
import { collect, parsed } from './collect.js';
import { equal } from './equal.js';
import { graphError } from './errors.js';
import type { GraphAs, GraphReader, WriteOptions } from './graph.js';
import { segment } from './url.js';

export type { PackageInfo, Requirement } from './access-package.js';
export type { ApproverSet, PolicyInfo, PolicyStageInfo } from './access-policy.js';
export type { RequestInfo, StageInfo } from './access-request.js';
export {
  deliveredAssignments,
  grantingAmong,
  type HeldPackage,
  packagesGranting,
} from './package-holders.js';

const base = '/identityGovernance/entitlementManagement';
const whole = { $expand: 'requestor,accessPackage,assignment($expand=assignmentPolicy)' };

/** What this person may ask for. */
export function listRequestable(graph: GraphAs): Promise<readonly PackageInfo[]> {
  return collect(graph.pages(`${base}/accessPackages/filterByCurrentUser(on='allowedRequestor')`), asPackage);
}

/** One element a policy that applies to this person; none: they may not ask. An action, but it only reads. */
export async function requirementsFor(graph: GraphAs, packageId: string): Promise<readonly Requirement[]> {
  const path = `${base}/accessPackages/${segment(packageId)}/getApplicablePolicyRequirements`;
  return asRequirements(await graph.post(path, undefined, { readsOnly: true }));
}

/** This person's requests, old and new. Not all of it can be read one by one with their small permission. */
export function myRequests(graph: GraphAs): Promise<readonly RequestInfo[]> {
  const path = `${base}/assignmentRequests/filterByCurrentUser(on='target')`;
  const query = { $expand: 'accessPackage,assignment' };
  return collect(graph.pages(path, { query }), asRequest);
}

export interface NewRequest {
  readonly packageId: string;
  readonly policyId: string;
  /** The person who asks; asking for others has another form. */
  readonly targetId: string;
  readonly justification: string;
  readonly landed: NonNullable<WriteOptions['landed']>;
}

/**
 * Entra has no idempotency key, and a second request would be a second approval for everybody. So the caller reads
 * `myRequests` before this, and `landed` says whether a request is there now that was not there then; the POST is
 * repeated only when it says no. Undefined: it was made, but its answer was lost.
 */
export async function submitRequest(graph: GraphAs, wish: NewRequest): Promise<RequestInfo | undefined> {
  const { packageId, policyId, targetId, justification, landed } = wish;
  const body = {
    requestType: 'userAdd',
    // Flat ids: not in Microsoft's own types, but what the service takes.
    assignment: { accessPackageId: packageId, assignmentPolicyId: policyId, targetId },
    justification,
  };
  const answer = await graph.post(`${base}/assignmentRequests`, body, { landed });
  return answer === undefined ? undefined : asRequest(answer);
}

export async function requestById(reader: GraphReader, requestId: string): Promise<RequestInfo> {
  return asRequest(await reader.get(requestPath(requestId), { query: whole }));
}

/** Those that can be read now; the others are left out, and whoever watches them looks again. */
export async function requestsByIds(
  reader: GraphReader,
  ids: readonly string[],
): Promise<readonly RequestInfo[]> {
  const paths = new Map(ids.map((id) => [id, requestPath(id)]));
  const answers = await reader.getMany(paths, { query: whole });
  return [...answers.values()].flatMap((answer) => (answer.kind === 'ok' ? [asRequest(answer.body)] : []));
}

/** Everybody's requests in one state, page by page. */
export function requestsInState(reader: GraphReader, state: string): AsyncIterable<readonly RequestInfo[]> {
  const query = { ...whole, $filter: equal('state', state) };
  return parsed(reader.pages(`${base}/assignmentRequests`, { query }), asRequest);
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
  return asPolicy(await reader.get(`${base}/assignmentPolicies/${segment(policyId)}`));
}

export function policiesOfPackage(reader: GraphReader, packageId: string): Promise<readonly PolicyInfo[]> {
  return collect(reader.pages(`${base}/accessPackages/${segment(packageId)}/assignmentPolicies`), asPolicy);
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
