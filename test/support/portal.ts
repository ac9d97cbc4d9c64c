import { projectQuestionIds } from '../../practice/world/package-questions.js';
import {
  type AccessPackage,
  agentWorkshop,
  elevatedPackage,
  evaluationSandbox,
  partnerDesk,
  promptLibrary,
  redTeam,
  standardPackage,
} from '../../practice/world/packages.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { asPerson } from './as-person.js';

/** What people do in My Access, past the bot: straight to Graph, each with a token of their own. */

const packages = {
  standard: standardPackage,
  elevated: elevatedPackage,
  prompts: promptLibrary,
  workshop: agentWorkshop,
  redteam: redTeam,
  sandbox: evaluationSandbox,
  partner: partnerDesk,
} satisfies Readonly<Record<string, AccessPackage>>;
const governance = '/v1.0/identityGovernance';
const base = `${governance}/entitlementManagement`;
const definitions = `${governance}/accessReviews/definitions`;

/** What a form in My Access asks besides the reason. */
export interface PortalWish {
  /** Of the policies of the package; the first without it. */
  readonly policyId?: string;
  /** The key of whom it is for. */
  readonly target?: string;
  /** By the names of the questions of the workshop. */
  readonly answers?: Partial<Record<keyof typeof projectQuestionIds, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
}

/** One decision of a review, as Entra has it. */
export interface PortalItem {
  readonly id: string;
  readonly decision: string;
  readonly justification: string;
  readonly reviewedBy: { readonly id: string };
  readonly principal: { readonly id: string; readonly displayName: string };
  readonly resource: { readonly id: string };
}

interface PortalStage {
  readonly id: string;
  readonly status: string;
}

interface StartedReview {
  readonly key: string;
  readonly id: string;
  readonly instanceId: string | null;
}

export type Portal = ReturnType<typeof openPortal>;

export function openPortal(practiceUrl: string) {
  const inPackages = asPerson(practiceUrl, 'EntitlementManagement.ReadWrite.All');
  const graph = (person: string, method: string, path: string, body?: unknown) =>
    inPackages(person, method, `${base}${path}`, body);
  const inReviews = asPerson(practiceUrl, 'AccessReview.ReadWrite.All');

  /** Where decisions of a running review stand now: in it, or in the stage that is at work. */
  const reviewPath = async (person: string, review: string) => {
    const all = (await (await fetch(`${practiceUrl}/practice/reviews`)).json()) as readonly StartedReview[];
    const found = all.find(({ key }) => key === review);
    const instance = `${definitions}/${found?.id}/instances/${found?.instanceId}`;
    const { value } = await inReviews(person, 'GET', `${instance}/stages`);
    const stage = value.find(({ status }: { readonly status: string }) => status === 'InProgress');
    return { instance, place: stage === undefined ? instance : `${instance}/stages/${stage.id}` };
  };
  const reviewItems = async (person: string, review: string): Promise<readonly PortalItem[]> => {
    const { place } = await reviewPath(person, review);
    return (await inReviews(person, 'GET', `${place}/decisions/filterByCurrentUser(on='reviewer')`)).value;
  };
  const reviewItem = async (person: string, review: string, about: string): Promise<PortalItem> => {
    const id = directoryPersonByKey(about)?.id;
    const found = (await reviewItems(person, review)).find(({ principal }) => principal.id === id);
    if (found === undefined) throw new Error(`${person} has nothing to decide about ${about} in ${review}`);
    return found;
  };

  const decide = async (
    person: string,
    request: string,
    reviewResult: 'Approve' | 'Deny',
    justification: string,
  ): Promise<void> => {
    const approval = `/accessPackageAssignmentApprovals/${request}`;
    const stages: readonly PortalStage[] = (await graph(person, 'GET', `${approval}/stages`)).value;
    const stage = stages.find(({ status }) => status === 'InProgress') ?? stages.at(-1);
    await graph(person, 'PATCH', `${approval}/stages/${stage?.id}`, { reviewResult, justification });
  };
  const heldBy = async (person: string, wanted: keyof typeof packages): Promise<{ readonly id: string }> => {
    const path = `/assignments/filterByCurrentUser(on='target')?$expand=accessPackage&$filter=state ne 'expired'`;
    const { value } = await graph(person, 'GET', path);
    const { id } = packages[wanted];
    const found = value.find(
      (each: { readonly accessPackage: { readonly id: string } }) => each.accessPackage.id === id,
    );
    if (found === undefined) throw new Error(`${person} does not have ${wanted}`);
    return found;
  };

  return {
    /** What this person is to decide in a running review, and how it stands. */
    reviewItems,
    /** One of them, by the key of whom it is about. */
    reviewItem,
    async decideReview(
      person: string,
      review: string,
      about: string,
      decision: 'Approve' | 'Deny' | 'DontKnow',
      justification = '',
    ): Promise<void> {
      const { place } = await reviewPath(person, review);
      const { id } = await reviewItem(person, review, about);
      await inReviews(person, 'PATCH', `${place}/decisions/${id}`, { decision, justification });
    },
    /** An administrator ends the stage that is at work before its day. */
    async stopStage(admin: string, review: string): Promise<void> {
      const { place } = await reviewPath(admin, review);
      await inReviews(admin, 'POST', `${place}/stop`);
    },
    /** Answers the id of the request. Access that ends soon is extended by asking again. */
    async ask(
      person: string,
      wanted: keyof typeof packages,
      justification: string,
      wish: PortalWish = {},
    ): Promise<string> {
      const body = { requestType: 'userAdd', justification, ...formOf(person, packages[wanted], wish) };
      return (await graph(person, 'POST', '/assignmentRequests', body)).id;
    },
    /** Decides the stage that waits; where none does, the last one, which Entra refuses. */
    decide,
    approve: (person: string, request: string, justification = '') =>
      decide(person, request, 'Approve', justification),
    deny: (person: string, request: string, justification = '') =>
      decide(person, request, 'Deny', justification),
    /** Gives back what this person has of a package. */
    async giveBack(person: string, wanted: keyof typeof packages): Promise<string> {
      const { id: assignmentId } = await heldBy(person, wanted);
      const body = { requestType: 'userRemove', assignment: { id: assignmentId } };
      return (await graph(person, 'POST', '/assignmentRequests', body)).id;
    },
    reprocess: (owner: string, request: string) =>
      graph(owner, 'POST', `/assignmentRequests/${request}/reprocess`),
    cancel: (person: string, request: string) =>
      graph(person, 'POST', `/assignmentRequests/${request}/cancel`),
    /** The newest request of this person, as Entra has it. */
    async newest(person: string): Promise<{ readonly id: string; readonly state: string }> {
      const { value } = await graph(person, 'GET', `/assignmentRequests/filterByCurrentUser(on='target')`);
      return value.at(-1);
    },
  };
}

function formOf(person: string, wanted: AccessPackage, wish: PortalWish): object {
  const { policyId = wanted.policy.id, target = person, answers = {}, startsAt, endsAt } = wish;
  const targetId = directoryPersonByKey(target)?.id;
  const given = Object.entries(answers).map(([name, value]) => ({
    '@odata.type': '#microsoft.graph.accessPackageAnswerString',
    value,
    displayValue: value,
    answeredQuestion: { id: new Map(Object.entries(projectQuestionIds)).get(name) ?? name },
  }));
  const dated = startsAt !== undefined || endsAt !== undefined;
  return {
    assignment: { accessPackageId: wanted.id, assignmentPolicyId: policyId, targetId },
    ...(given.length > 0 ? { answers: given } : {}),
    ...(dated
      ? {
          schedule: {
            startDateTime: startsAt ?? null,
            expiration: endsAt ? { type: 'afterDateTime', endDateTime: endsAt } : null,
          },
        }
      : {}),
  };
}
