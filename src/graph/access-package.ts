import type {
  AccessPackage,
  AccessPackageAssignmentRequestRequirements,
  AccessPackageQuestion,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { expirationShape } from './access-policy.js';
import { flag, id, list, type Shape, text } from './fields.js';
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
  readonly reasonRequired: boolean;
  readonly approvalRequired: boolean;
  readonly ownDatesAllowed: boolean;
  /** As in PolicyInfo. */
  readonly lasts: string;
  readonly questions: readonly { readonly id: string; readonly text: string; readonly required: boolean }[];
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

const questionShape = z
  .object({
    id: text,
    text,
    isRequired: flag,
    sequence: z.number().catch(0),
  } satisfies Shape<AccessPackageQuestion>)
  .transform(({ isRequired, ...question }) => ({ ...question, required: isRequired }));

const requirementShape = z
  .object({
    policyId: z.string().min(1),
    policyDisplayName: text,
    isApprovalRequiredForAdd: flag,
    isRequestorJustificationRequired: flag,
    allowCustomAssignmentSchedule: flag,
    schedule: z.object({ expiration: expirationShape }).catch({ expiration: '' }),
    questions: list(questionShape),
  } satisfies Shape<AccessPackageAssignmentRequestRequirements>)
  .transform(
    (found): Requirement => ({
      policyId: found.policyId.toLowerCase(),
      policyName: found.policyDisplayName,
      reasonRequired: found.isRequestorJustificationRequired,
      approvalRequired: found.isApprovalRequiredForAdd,
      ownDatesAllowed: found.allowCustomAssignmentSchedule,
      lasts: found.schedule.expiration,
      questions: [...found.questions]
        .sort((a, b) => a.sequence - b.sequence)
        .map(({ id, text, required }) => ({ id, text, required })),
    }),
  );

export const asPackage = parseAs(packageShape, 'access package');
export const asRequirements = parseAs(
  z.object({ value: z.array(requirementShape) }).transform(({ value }) => value),
  'list of requirements',
);
