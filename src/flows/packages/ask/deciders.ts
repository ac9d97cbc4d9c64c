import { isAppError } from '../../../base/errors.js';
import { type ApproverSet, type PolicyInfo, policyById } from '../../../graph/entitlement.js';
import { isNotFound } from '../../../graph/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import { approverNames } from '../../approvers.js';
import type { Way } from './ways.js';

const notNamed = 'the approvers your organisation has named';

/** Who decides, stage by stage, in words for whoever asks. Empty: nobody has to. */
export type Deciders = (way: Way, options?: { readonly renews?: boolean }) => Promise<string>;

/** Remembers names for as long as one card is made: policies often name the same people. */
export function decidersFor(reader: GraphReader, whose: string): Deciders {
  const known = new Map<string, Promise<string>>();
  const nameOf = (set: ApproverSet): Promise<string> => {
    const key = JSON.stringify(set);
    const name = known.get(key) ?? inWords(reader, set, whose);
    known.set(key, name);
    return name;
  };
  return async (way, { renews = false } = {}) => {
    if (!(renews ? way.approvalForUpdate : way.approval)) return '';
    const policy = await readPolicy(reader, way.policyId);
    if (policy === undefined || policy.stages.length === 0) return notNamed;
    const stages = policy.stages.map(async ({ approvers }) => {
      const names = (await Promise.all(approvers.map(nameOf))).filter((name) => name !== '');
      return names.length === 0 ? notNamed : names.join(' or ');
    });
    return (await Promise.all(stages)).join(', then ');
  };
}

/** A requester may not read policies, the bot may; what cannot be read is said in other words. */
async function readPolicy(reader: GraphReader, policyId: string): Promise<PolicyInfo | undefined> {
  try {
    return await policyById(reader, policyId);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** `whose`: empty for oneself, else the name of whom it is for. */
async function inWords(reader: GraphReader, set: ApproverSet, whose: string): Promise<string> {
  const of = whose === '' ? 'your' : `${whose}’s`;
  switch (set.kind) {
    case 'manager':
      return set.level > 1 ? `${of} manager’s manager` : `${of} manager`;
    case 'sponsors':
      return set.which === 'own' ? `${of} sponsor` : `the sponsors of ${of} organisation`;
    case 'user':
    case 'group':
      return nameOrNothing(reader, set);
    case 'other':
      return '';
  }
}

async function nameOrNothing(reader: GraphReader, set: ApproverSet): Promise<string> {
  try {
    return await approverNames(reader, [set]);
  } catch (error) {
    if (isNotFound(error)) return '';
    throw error;
  }
}
