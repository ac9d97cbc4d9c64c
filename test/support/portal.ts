import { elevatedPackage, promptLibrary, standardPackage } from '../../practice/world/packages.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { asPerson } from './as-person.js';

/** What people do in My Access, past the bot: straight to Graph, each with a token of their own. */

const packages = { standard: standardPackage, elevated: elevatedPackage, prompts: promptLibrary };
const governance = '/v1.0/identityGovernance';
const base = `${governance}/entitlementManagement`;
const definitions = `${governance}/accessReviews/definitions`;

/** One decision of a review, as Entra has it. */
export interface PortalItem {
  readonly id: string;
  readonly decision: string;
  readonly justification: string;
  readonly reviewedBy: { readonly id: string };
  readonly principal: { readonly id: string; readonly displayName: string };
  readonly resource: { readonly id: string };
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
    /** Answers the id of the request. */
    async ask(person: string, wanted: keyof typeof packages, justification: string): Promise<string> {
      const { id: accessPackageId, policy } = packages[wanted];
      const assignment = { accessPackageId, assignmentPolicyId: policy.id };
      const made = await graph(person, 'POST', '/assignmentRequests', {
        requestType: 'userAdd',
        assignment,
        justification,
      });
      return made.id;
    },
    async decide(person: string, request: string, reviewResult: 'Approve' | 'Deny', justification: string) {
      const approval = `/accessPackageAssignmentApprovals/${request}`;
      const { value } = await graph(person, 'GET', `${approval}/stages`);
      await graph(person, 'PATCH', `${approval}/stages/${value[0].id}`, { reviewResult, justification });
    },
    cancel: (person: string, request: string) =>
      graph(person, 'POST', `/assignmentRequests/${request}/cancel`),
    /** The newest request of this person, as Entra has it. */
    async newest(person: string): Promise<{ readonly id: string; readonly state: string }> {
      const { value } = await graph(person, 'GET', `/assignmentRequests/filterByCurrentUser(on='target')`);
      return value.at(-1);
    },
  };
}
