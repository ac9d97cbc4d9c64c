export type Decision = 'Approve' | 'Deny' | 'DontKnow';
export type InstanceStatus = 'Initializing' | 'InProgress' | 'Completed' | 'Applying' | 'Applied';

export interface Decided {
  readonly decision: Decision;
  readonly justification: string;
  /** Object id of the person, or of the app. */
  readonly byId: string;
  readonly at: string;
}

export interface Principal {
  readonly id: string;
  readonly kind: 'user' | 'service';
  /** In the group through another group: Entra cannot take that away. */
  readonly nested: boolean;
}

/** Who is reviewed. The thousands of the archive are counted, not listed. */
export type Subjects =
  | { readonly kind: 'listed'; readonly principals: readonly Principal[] }
  | { readonly kind: 'archive'; readonly size: number };

/** One round of decisions: a stage, or the whole of an instance that has no stages. */
export interface Round {
  readonly id: string;
  readonly status: 'InProgress' | 'Completed';
  readonly startsAt: string;
  readonly endsAt: string;
  /** Positions of the subjects that reached this round; all of them when absent. */
  readonly reached?: readonly number[] | undefined;
  /** By position, newest last. Written in place: a review of 10,000 must not copy itself with every decision. */
  readonly decided: Map<number, Decided>;
}

export interface Instance {
  readonly id: string;
  readonly definitionId: string;
  readonly status: InstanceStatus;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly appliedAt?: string | undefined;
  /** When the service moves it on by itself. */
  readonly dueAt?: number | undefined;
  readonly subjects: Subjects;
  readonly rounds: readonly Round[];
}

export interface Place {
  readonly instance: Instance;
  readonly round: Round;
  readonly index: number;
}

const prefixLength = 24;

/** The id of a decision says which round and which subject it is, so that nothing has to be looked up. */
export function decisionId(round: Round, index: number): string {
  return `${round.id.slice(0, prefixLength)}${index.toString(16).padStart(12, '0')}`;
}

export function placeOf(instance: Instance, id: string): Place | undefined {
  const wanted = id.toLowerCase();
  const round = instance.rounds.find((each) => wanted.startsWith(each.id.slice(0, prefixLength)));
  const index = Number.parseInt(wanted.slice(prefixLength), 16);
  if (!round || decisionId(round, index) !== wanted || !isIn(instance, round, index)) return undefined;
  return { instance, round, index };
}

export function isIn({ subjects }: Instance, { reached }: Round, index: number): boolean {
  return reached ? reached.includes(index) : index >= 0 && index < sizeOf(subjects);
}

export function sizeOf(subjects: Subjects): number {
  return subjects.kind === 'archive' ? subjects.size : subjects.principals.length;
}

export function indexesOf({ subjects }: Instance, { reached }: Round): readonly number[] {
  return reached ?? Array.from({ length: sizeOf(subjects) }, (_, index) => index);
}

/** The newest round that a subject reached: what counts in the end. */
export function lastRound(instance: Instance, index: number): Round | undefined {
  return instance.rounds.findLast((round) => isIn(instance, round, index));
}

export function currentRound(instance: Instance): Round | undefined {
  return instance.rounds.at(-1);
}
