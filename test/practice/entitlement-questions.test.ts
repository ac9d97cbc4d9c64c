import assert from 'node:assert/strict';
import { agentWorkshop, redTeam } from '../../practice/world/packages.js';
import { type EntitlementVisit, em, visitEntitlement, type Wish } from './entitlement-visit.js';

const [, project] = [agentWorkshop.policy, ...(agentWorkshop.otherPolicies ?? [])];
const policyId = project?.id ?? '';
const good = { project: 'NORD-12', site: 'VIE' };

describe('practice Graph: questions of access packages', () => {
  let visit: EntitlementVisit;
  before(async () => {
    visit = await visitEntitlement('engineer', 'manager', 'appowner');
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const requirementsFor = async (key: string, id: string) =>
    (await visit.as(key, 'POST', `${em}/accessPackages/${id}/getApplicablePolicyRequirements`)).body.value;
  const refusal = async (wish: Wish): Promise<string> => {
    const answer = await visit.ask('engineer', agentWorkshop, { policyId, ...wish });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.error.code, 'InvalidRequest');
    return answer.body.error.message;
  };

  it('has one element for each policy that applies, with its questions', async () => {
    const [weeks, months, ...others] = await requirementsFor('engineer', agentWorkshop.id);
    assert.equal(others.length, 0);
    assert.deepEqual([weeks.isApprovalRequiredForAdd, weeks.isApprovalRequiredForUpdate], [true, false]);
    assert.deepEqual([weeks.questions, weeks.schedule.expiration.duration], [[], 'P14D']);
    assert.deepEqual([months.policyId, months.allowCustomAssignmentSchedule], [policyId, true]);
    const kinds = months.questions.map((each: Record<string, unknown>) => [
      each.isSingleLineQuestion ?? each.isMultipleSelectionAllowed,
      each.isRequired,
      each.isAnswerEditable,
    ]);
    assert.deepEqual(kinds, [
      [true, true, false],
      [false, false, true],
      [false, true, true],
      [true, false, true],
    ]);
    const languages = months.questions[2].choices[0].localizations;
    assert.deepEqual(languages[0], { languageCode: 'de', text: 'Wien' });
  });

  it('shows stages, questions and who may ask for others in the policy', async () => {
    const path = `${em}/assignmentPolicies/${policyId}?$expand=questions,accessPackage`;
    const { body } = await visit.as('app', 'GET', path);
    assert.equal(body.questions.length, 4);
    assert.equal(body.requestApprovalSettings.stages.length, 2);
    const first = await visit.as('app', 'GET', `${em}/assignmentPolicies/${agentWorkshop.policy.id}`);
    const { requestorSettings } = first.body;
    assert.equal(requestorSettings.enableOnBehalfRequestorsToAddAccess, true);
    assert.equal(requestorSettings.onBehalfRequestors[0]['@odata.type'], '#microsoft.graph.targetManager');
    const { body: red } = await visit.as('app', 'GET', `${em}/assignmentPolicies/${redTeam.policy.id}`);
    const [, security] = red.requestApprovalSettings.stages;
    assert.deepEqual([security.isEscalationEnabled, security.durationBeforeEscalation], [true, 'P2D']);
    assert.equal(security.escalationApprovers.length, 1);
  });

  it('keeps the answers, with the words of the choices', async () => {
    const answers = { ...good, purpose: 'Read mail\nand sort it', data: 'public,internal' };
    const { status, body } = await visit.ask('engineer', agentWorkshop, { policyId, answers });
    assert.equal(status, 201);
    const read = await visit.request(body.id, 'assignment($expand=assignmentPolicy,target)');
    assert.equal(read.assignment.assignmentPolicy.id, policyId);
    const shown = read.answers.map((each: Record<string, unknown>) => each.displayValue);
    assert.deepEqual(shown, ['NORD-12', 'Read mail\nand sort it', 'Vienna', 'Public, Internal']);
    assert.match(read.answers[0].answeredQuestion.text, /project/);
  });

  it('refuses answers that break a rule, and says which', async () => {
    assert.match(await refusal({ answers: { site: 'VIE' } }), /'Which project.*' needs an answer/);
    assert.match(await refusal({ answers: { ...good, project: ' ' } }), /needs an answer/);
    assert.match(await refusal({ answers: { ...good, project: 'nord' } }), /does not match the pattern/);
    assert.match(await refusal({ answers: { ...good, project: 'NORD-1\nx' } }), /one line only/);
    assert.match(await refusal({ answers: { ...good, site: 'ROM' } }), /'ROM' is not a choice/);
    assert.match(await refusal({ answers: { ...good, site: 'VIE,DUB' } }), /one choice only/);
    assert.match(await refusal({ answers: { ...good, data: 'public,secret' } }), /'secret' is not a choice/);
    const unknown = { ...good, other: 'x' };
    assert.match(await refusal({ answers: unknown }), /no question with the id 'other'/);
  });

  it('does not take the answers of one policy under another', async () => {
    const other = await visit.ask('engineer', agentWorkshop, { answers: good });
    assert.equal(other.status, 400);
    const strange = await visit.ask('engineer', agentWorkshop, { policyId: redTeam.policy.id });
    assert.equal(strange.status, 404);
  });

  it('extends with the answers that cannot be changed, and only by the same policy', async () => {
    const { body } = await visit.ask('engineer', agentWorkshop, { policyId, answers: good });
    await visit.decide('manager', body.id);
    await visit.decide('appowner', body.id);
    await visit.later('P80D');
    const asked = (wish: Wish) => visit.ask('engineer', agentWorkshop, { policyId, ...wish });
    assert.equal((await visit.ask('engineer', agentWorkshop)).body.error.code, 'ExistingGrant');
    assert.match(await refusal({ answers: { project: 'SUD-1', site: 'DUB' } }), /cannot be changed/);
    const renewed = await asked({ answers: { site: 'DUB' } });
    assert.deepEqual([renewed.status, renewed.body.requestType], [201, 'userUpdate']);
    const values = renewed.body.answers.map(({ value }: { value: string }) => value);
    assert.deepEqual(values, ['NORD-12', 'DUB']);
  });
});
