import { projectQuestionIds } from '../../practice/world/package-questions.js';
import type { AccessPackage } from '../../practice/world/packages.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

export const em = '/v1.0/identityGovernance/entitlementManagement';
export const approvals = `${em}/accessPackageAssignmentApprovals`;

export interface Wish {
  readonly for?: string;
  readonly policyId?: string;
  readonly answers?: Partial<Record<keyof typeof projectQuestionIds, string>>;
  readonly requestType?: string;
  readonly schedule?: object;
}

export type EntitlementVisit = Awaited<ReturnType<typeof visitEntitlement>>;

/** A practice tenant, and people who ask for packages in it straight from Graph. */
export async function visitEntitlement(...keys: string[]) {
  const visit: Visit = await visitPractice();
  const tokens = new Map<string, string>();
  for (const key of keys) tokens.set(key, await visit.signIn(key, '.default'));
  const app = await visit.appToken();
  const as = (key: string, method: string, path: string, body?: unknown): Promise<Answer> =>
    visit.graph(key === 'app' ? app : (tokens.get(key) ?? ''), method, path, body);
  const later = (advance: string): Promise<Answer> => visit.control('POST', '/clock', { advance });
  const stagesOf = async (key: string, request: string) =>
    (await as(key, 'GET', `${approvals}/${request}/stages`)).body.value;

  return {
    ...visit,
    as,
    later,
    stagesOf,
    ask: (key: string, wanted: AccessPackage, wish: Wish = {}): Promise<Answer> =>
      as(key, 'POST', `${em}/assignmentRequests`, {
        requestType: wish.requestType ?? 'userAdd',
        assignment: {
          accessPackageId: wanted.id,
          assignmentPolicyId: wish.policyId ?? wanted.policy.id,
          targetId: directoryPersonByKey(wish.for ?? key)?.id,
        },
        justification: 'Project Nord',
        answers: Object.entries(wish.answers ?? {}).map(([name, value]) => answer(name, value)),
        ...(wish.schedule ? { schedule: wish.schedule } : {}),
      }),
    /** The open stage, decided by this person, a second after whatever came before. */
    decide: async (key: string, request: string, reviewResult = 'Approve', justification = 'Fine') => {
      await later('PT1S');
      const stage = (await stagesOf(key, request)).at(-1);
      const path = `${approvals}/${request}/stages/${stage.id}`;
      return as(key, 'PATCH', path, { reviewResult, justification });
    },
    request: async (id: string, expand = '') =>
      (await as('app', 'GET', `${em}/assignmentRequests/${id}${expand === '' ? '' : `?$expand=${expand}`}`))
        .body,
    hold: (person: string, wanted: string, endsAt: string, more: object = {}): Promise<Answer> =>
      visit.control('POST', '/packages/hold', { person, package: wanted, endsAt, ...more }),
    in: async (days: number): Promise<string> => {
      const { now } = (await visit.control('GET', '')).body.clock;
      return new Date(Date.parse(now) + days * 86_400_000).toISOString();
    },
  };
}

function answer(name: string, value: string): unknown {
  return {
    '@odata.type': '#microsoft.graph.accessPackageAnswerString',
    value,
    displayValue: value,
    answeredQuestion: { id: new Map(Object.entries(projectQuestionIds)).get(name) ?? name },
  };
}
