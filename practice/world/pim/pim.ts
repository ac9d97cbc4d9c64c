import type { Audits } from '../audits.js';
import type { PracticeClock } from '../clock.js';
import { dueTimer } from '../due-timer.js';
import type { Events } from '../events.js';
import type { Person } from '../people.js';
import { refuse } from '../refusal.js';
import type { Snapshot } from '../snapshot.js';
import { approversOf } from './approvers.js';
import { canceled, type Decision, decided, requestOf } from './decide.js';
import { type Eligible, eligibleNow, type Holding, heldNow, type Standing, working } from './held.js';
import type { Outcome } from './outcome.js';
import { nextPimDue, pimStep } from './progress.js';
import type { ActivationRecord, PimKind, PimRequest, PimState, Target, TargetRef } from './records.js';
import { loadedPim } from './saved.js';
import { newState, plannedTargets, targetFor } from './seeds.js';
import { type Asker, submitted, type Wish } from './submit.js';

/** Privileged Identity Management of the practice tenant: roles of the directory, groups and Azure roles. */
export interface Pim {
  /** As of now. */
  state(): PimState;
  change(f: (state: PimState, now: number) => PimState): void;
  now(): number;
  /** What this world planned, with the rules of today. */
  targets(): readonly Target[];
  /** Any role or group that there is; one that was not planned has the rules of a new one. */
  target(ref: TargetRef): Target | undefined;
  /** Undefined: there is no such request. */
  request(kind: PimKind, id: string): PimRequest | undefined;
  /** Eligibilities as they were given; or those of one person, with what their groups have. */
  eligible(kind: PimKind, principalId?: string): readonly Eligible[];
  /** Schedules made by activations, also those that are yet to begin. */
  scheduled(kind: PimKind): readonly ActivationRecord[];
  /** What is assigned and already shows: activated and standing. */
  held(kind: PimKind, principalId?: string): readonly Holding[];
  /** Activations that have taken effect. */
  working(kind: PimKind): readonly ActivationRecord[];
  /** Who may decide requests for this target now, by id; the asker is among them where the policy names them. */
  approvers(target: TargetRef): readonly string[];
  mayDecide(personId: string, request: PimRequest): boolean;
  /** Files a request in the name of who asks, or refuses it as Entra would. Nothing is kept of one that only validates. */
  submit(asker: Asker, wish: Wish): PimRequest;
  cancel(caller: Person, kind: PimKind, requestId: string): void;
  decide(caller: Person, decision: Decision): void;
  stop(): void;
}

export interface PimPorts {
  readonly clock: PracticeClock;
  readonly events: Events;
  readonly snapshot: Snapshot;
  readonly startedAt: () => Date;
  readonly audits: Audits;
  readonly standing: Standing;
}

export function createPim(ports: PimPorts): Pim {
  const { clock, standing } = ports;
  const { current, apply, stop } = pimState(ports);
  const now = (): number => clock.now().getTime();
  const approvers: Pim['approvers'] = (ref) => {
    const target = targetFor(current(), ref);
    return target ? approversOf(target, standing, working(current(), now())) : [];
  };
  const mayDecide: Pim['mayDecide'] = (personId, { principalId, target }) =>
    personId !== principalId && approvers(target).includes(personId);
  const eligible: Pim['eligible'] = (kind, principalId) =>
    eligibleNow(current(), standing, now(), { kind, principalId });
  return {
    state: current,
    change: (f) => apply((state, at) => ({ state: f(state, at), rows: [] })),
    now,
    targets: () => plannedTargets(current()),
    target: (ref) => targetFor(current(), ref),
    request: (kind, id) => requestOf(current(), kind, id),
    eligible,
    scheduled: (kind) => current().activations.filter(({ target }) => target.kind === kind),
    held: (kind, principalId) => {
      const state = current();
      const all = heldNow(state, standing, now(), kind, plannedTargets(state));
      return all.filter((each) => principalId === undefined || each.principalId === principalId);
    },
    working: (kind) => working(current(), now()).filter(({ target }) => target.kind === kind),
    approvers,
    mayDecide,
    submit: (asker, wish) => {
      const mine = eligible(wish.target.kind, asker.person.id);
      let filed: PimRequest | undefined;
      apply((state, at) => {
        const { request, ...outcome } = submitted({ state, now: at, asker, wish, eligible: mine });
        filed = request;
        return outcome;
      });
      return filed ?? refuse(500, 'InternalServerError', 'The request was not filed.');
    },
    cancel: ({ id: callerId }, kind, requestId) =>
      apply((state, at) => canceled(state, at, { callerId, kind, requestId })),
    decide: ({ id: callerId }, decision) =>
      apply((state, at) =>
        decided({ state, now: at, callerId, decision, mayDecide: (request) => mayDecide(callerId, request) }),
      ),
    stop,
  };
}

interface Kept {
  current(): PimState;
  apply(f: (state: PimState, now: number) => Outcome): void;
  stop(): void;
}

function pimState({ clock, events, snapshot, startedAt, audits }: PimPorts): Kept {
  let state = newState(startedAt());
  let busy = false;
  const timer = dueTimer(
    clock,
    () => nextPimDue(state),
    () => current(),
  );
  const changed = snapshot.part('pim', {
    save: () => state,
    load: (saved) => {
      state = loadedPim(saved);
    },
    reset: () => {
      state = newState(startedAt());
      timer.arm();
    },
  });

  function become({ state: next, rows }: Outcome): void {
    for (const row of rows) audits.add(row);
    if (next === state) return;
    state = next;
    changed();
    timer.arm();
    events.publish({ kind: 'entra' });
  }

  // Whoever looks while a change is being made (who is in a group, who may decide) sees the state before it.
  function alone(work: () => void): void {
    busy = true;
    try {
      work();
    } finally {
      busy = false;
    }
  }

  function current(): PimState {
    if (busy) return state;
    alone(() => {
      const now = clock.now().getTime();
      for (let step = pimStep(state, now); step; step = pimStep(state, now)) become(step);
    });
    return state;
  }

  timer.arm();
  return {
    current,
    apply: (f) => {
      current();
      alone(() => become(f(state, clock.now().getTime())));
    },
    stop: timer.stop,
  };
}
