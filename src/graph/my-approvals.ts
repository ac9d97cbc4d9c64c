import { asRequest, asStage, type RequestInfo, type StageInfo } from './access-request.js';
import { collect } from './collect.js';
import { equal } from './equal.js';
import type { GraphAs } from './graph.js';
import { listsOf } from './list-from.js';
import { segment } from './url.js';

const base = '/identityGovernance/entitlementManagement';

/** A request that waits for whoever read it. */
export interface MyApproval {
  readonly request: RequestInfo;
  readonly stages: readonly StageInfo[];
  readonly stage: StageInfo;
}

export interface MyApprovals {
  readonly waiting: readonly MyApproval[];
  /** Requests of which it could not be read whose turn it is. */
  readonly unread: number;
}

/** What this person may decide now, wherever it was asked for. Entra lists all that they had or have a part in. */
export async function myApprovals(graph: GraphAs): Promise<MyApprovals> {
  const query = {
    $filter: equal('state', 'pendingApproval'),
    $expand: 'requestor,accessPackage,assignment($expand=target)',
  };
  const path = `${base}/assignmentRequests/filterByCurrentUser(on='approver')`;
  const listed = await collect(graph.pages(path, { query }), asRequest);
  // Not everywhere is such a list filtered.
  const pending = listed.filter(({ state }) => state === 'pendingApproval');
  const paths = pending.map(({ id }) => [id, stagesPath(id)] as const);
  const stages = await listsOf(graph, new Map(paths), asStage);
  const waiting = pending.flatMap((request): readonly MyApproval[] => {
    const all = stages.get(request.id) ?? [];
    const stage = all.find(isMine);
    return stage === undefined ? [] : [{ request, stages: all, stage }];
  });
  return { waiting, unread: pending.length - stages.size };
}

function isMine({ status, result, assignedToMe }: StageInfo): boolean {
  return assignedToMe && status === 'InProgress' && result === 'NotReviewed';
}

function stagesPath(requestId: string): string {
  return `${base}/accessPackageAssignmentApprovals/${segment(requestId)}/stages`;
}
