import type {
  AccessPackage,
  AccessPackageAssignmentRequestRequirements,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { expirationShape } from './access-policy.js';
import { type Question, questionsShape } from './access-question.js';
import { flag, id, type Shape, text } from './fields.js';
import { parseAs } from './parse.js';

export interface PackageInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Only where the catalog was asked for, which a requestor may not. */
  readonly catalogId: string | undefined;
}

/** What Entra wants to know before it takes a request. */
export interface Requirement {
  readonly policyId: string;
  readonly policyName: string;
  readonly policyDescription: string;
  readonly reasonRequired: boolean;
  readonly approvalRequired: boolean;
  /** Also for whoever has it already and wants to keep it longer. */
  readonly approvalForUpdate: boolean;
  readonly ownDatesAllowed: boolean;
  /** As in PolicyInfo. */
  readonly lasts: string;
  readonly questions: readonly Question[];
}

const packageShape = z
  .object({
    id: z.string().min(1),
    displayName: text,
    description: text,
    catalog: z.object({ id }).catch({ id: undefined }),
  } satisfies Shape<AccessPackage>)
  .transform(
    (found): PackageInfo => ({
      id: found.id.toLowerCase(),
      name: found.displayName,
      description: found.description,
      catalogId: found.catalog.id,
    }),
  );

const requirementShape = z
  .object({
    policyId: z.string().min(1),
    policyDisplayName: text,
    policyDescription: text,
    isApprovalRequiredForAdd: flag,
    isApprovalRequiredForUpdate: flag,
    isRequestorJustificationRequired: flag,
    allowCustomAssignmentSchedule: flag,
    schedule: z.object({ expiration: expirationShape }).catch({ expiration: '' }),
    questions: questionsShape,
  } satisfies Shape<AccessPackageAssignmentRequestRequirements>)
  .transform(
    (found): Requirement => ({
      policyId: found.policyId.toLowerCase(),
      policyName: found.policyDisplayName,
      policyDescription: found.policyDescription,
      reasonRequired: found.isRequestorJustificationRequired,
      approvalRequired: found.isApprovalRequiredForAdd,
      approvalForUpdate: found.isApprovalRequiredForUpdate,
      ownDatesAllowed: found.allowCustomAssignmentSchedule,
      lasts: found.schedule.expiration,
      questions: found.questions,
    }),
  );

export const asPackage = parseAs(packageShape, 'access package');
export const asRequirements = parseAs(
  z.object({ value: z.array(requirementShape) }).transform(({ value }) => value),
  'list of requirements',
);
