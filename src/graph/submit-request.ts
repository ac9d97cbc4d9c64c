import { asRequest, type RequestInfo } from './access-request.js';
import type { GraphAs, WriteOptions } from './graph.js';
import { segment } from './url.js';

type Landed = NonNullable<WriteOptions['landed']>;

export interface GivenAnswer {
  readonly questionId: string;
  readonly kind: 'text' | 'choice';
  /** Of several choices, their values with a comma between them. */
  readonly value: string;
  readonly display: string;
}

export interface NewRequest {
  readonly packageId: string;
  readonly policyId: string;
  /** Whose access it is: the person who asks, or somebody for whom the policy lets them ask. */
  readonly targetId: string;
  readonly justification: string;
  readonly answers?: readonly GivenAnswer[];
  /** Only where the policy lets people choose. */
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly landed: Landed;
}

const path = '/identityGovernance/entitlementManagement/assignmentRequests';

/**
 * Entra has no idempotency key, and a second request would be a second approval for everybody. So the caller reads
 * `myRequests` before this, and `landed` says whether a request is there now that was not there then; the POST is
 * repeated only when it says no. Undefined: it was made, but its answer was lost. Whoever has the package already
 * renews it with the same request.
 */
export async function submitRequest(graph: GraphAs, wish: NewRequest): Promise<RequestInfo | undefined> {
  const { packageId, policyId, targetId, justification, landed } = wish;
  const { answers = [] } = wish;
  const schedule = scheduleOf(wish);
  const body = {
    requestType: 'userAdd',
    // Flat ids: not in Microsoft's own types, but what the service takes.
    assignment: { accessPackageId: packageId, assignmentPolicyId: policyId, targetId },
    justification,
    ...(answers.length === 0 ? {} : { answers: answers.map(answerBody) }),
    ...(schedule === undefined ? {} : { schedule }),
  };
  return made(await graph.post(path, body, { landed }));
}

/** Ends one's own assignment: a request as well, which nobody has to approve. */
export async function giveBack(
  graph: GraphAs,
  { assignmentId, landed }: { readonly assignmentId: string; readonly landed: Landed },
): Promise<RequestInfo | undefined> {
  const body = { requestType: 'userRemove', assignment: { id: assignmentId } };
  return made(await graph.post(path, body, { landed }));
}

interface OneRequest {
  readonly requestId: string;
  readonly landed: Landed;
}

/** Possible until it is delivered. */
export function cancelRequest(graph: GraphAs, { requestId, landed }: OneRequest): Promise<void> {
  return act(graph, `${path}/${segment(requestId)}/cancel`, landed);
}

/** Delivers once more what failed, or arrived in part; Entra lets owners do that for 14 days. */
export function reprocessRequest(graph: GraphAs, { requestId, landed }: OneRequest): Promise<void> {
  return act(graph, `${path}/${segment(requestId)}/reprocess`, landed);
}

async function act(graph: GraphAs, action: string, landed: Landed): Promise<void> {
  await graph.post(action, undefined, { landed });
}

function made(answer: unknown): RequestInfo | undefined {
  return answer === undefined ? undefined : asRequest(answer);
}

const types = '#microsoft.graph.accessPackage';
const questionTypes = { text: 'TextInputQuestion', choice: 'MultipleChoiceQuestion' } as const;

function answerBody({ questionId, kind, value, display }: GivenAnswer) {
  return {
    '@odata.type': `${types}AnswerString`,
    value,
    displayValue: display,
    answeredQuestion: { '@odata.type': `${types}${questionTypes[kind]}`, id: questionId },
  };
}

function scheduleOf({ startsAt, endsAt }: Pick<NewRequest, 'startsAt' | 'endsAt'>) {
  if (startsAt === undefined && endsAt === undefined) return undefined;
  const expiration =
    endsAt === undefined
      ? { type: 'notSpecified', endDateTime: null, duration: null }
      : { type: 'afterDateTime', endDateTime: endsAt, duration: null };
  return { startDateTime: startsAt ?? null, recurrence: null, expiration };
}
