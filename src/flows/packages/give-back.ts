import { z } from 'zod/v4';
import { day, minute } from '../../base/clock.js';
import { isAppError } from '../../base/errors.js';
import { giveBack as giveBackInEntra, myHeld, myRequests } from '../../graph/entitlement.js';
import { changeCard, openCard } from '../../jobs/cards.js';
import { enqueue } from '../../jobs/enqueue.js';
import type { CardRow } from '../../store/schema.js';
import { carryOut } from '../carry-out.js';
import { effect } from '../effect.js';
import { type Outcome, verb } from '../flow.js';
import { cardFacts } from '../known-card.js';
import { refused } from '../refused.js';
import type { HouseServices, Turn } from '../turn.js';
import { givenBackCard } from './cards/held-card.js';
import type { GivenBackView } from './cards/held-views.js';
import { saysOf } from './errors.js';
import { giveBackArgs, giveBackReceipt } from './held/given-back.js';
import { giveBackKind, heldItem } from './held/items.js';
import { isCurrent, isRemoval } from './held/read-mine.js';
import { type Removed, removalOf, removalSeen } from './held/removed.js';
import { decideGiveBack, type GiveBackArgs, type GiveBackFacts } from './held/rules.js';
import { watchJob } from './held/watch-job.js';
import { isOpen } from './offers.js';
import { readOpens } from './status/opens.js';
import { problemOf } from './status/problem-of.js';

/** Gives back what this person holds. The first press says what will be lost, and the second one does it. */
export const giveBack = verb({
  name: 'packages.give-back',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.object({ assignment: z.guid(), sure: z.boolean().default(false) }),
  async run(turn, { assignment, sure }): Promise<Outcome> {
    const id = assignment.toLowerCase();
    const found = await readFacts(turn, id);
    // An id that came from a card may be anything: only about what they hold there is a question.
    const first = decideGiveBack({ ...found, card: noCard });
    if (first.kind === 'refuse' && first.code !== already) return turnedAway(turn, first, noCard.ref);
    const row = await openQuestion(turn, id);
    const facts = { ...found, card: cardFacts(turn, row) };
    const decision = decideGiveBack(facts);
    if (decision.kind === 'refuse') {
      const card = decision.code === already ? shown(turn, row, facts, 'removing') : undefined;
      return turnedAway(turn, decision, row.ref, card);
    }
    if (!sure) return shown(turn, row, facts, 'sure');
    try {
      return await carryOut(turn, decision, giveBackEffect, row.ref);
    } catch (error) {
      const final = ['graph.bad-request', 'graph.forbidden', 'graph.conflict'];
      if (!isAppError(error) || !final.includes(error.code)) throw error;
      // The policy of the package need not let its holders remove it themselves.
      return shown(turn, row, facts, 'sure', problemOf('packages.not-taken-back'));
    }
  },
});

const noCard = { ref: 'unknown', expired: false };

const already = 'packages.given-back-already';

function turnedAway(
  turn: Turn,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
  ref: string,
  card?: Outcome,
): Promise<Outcome> {
  return refused(turn, ref, { code, basis, says: saysOf(code) }, async () => card);
}

/** One question an assignment: two presses, here or on another device, meet on it. */
function openQuestion({ services, actor }: Turn, assignment: string): Promise<CardRow> {
  return services.store.write((tx) =>
    openCard(tx, services, {
      flow: 'packages',
      kind: giveBackKind,
      item: heldItem(assignment),
      person: actor.objectId,
      purpose: `${giveBackKind}:${assignment}:${actor.objectId}`,
      expiresAt: new Date(services.clock.now().getTime() + 7 * day),
    }),
  );
}

async function readFacts(turn: Turn, assignment: string): Promise<Omit<GiveBackFacts, 'card'>> {
  const { graph, services, actor } = turn;
  const [all, requests] = await Promise.all([myHeld(graph), myRequests(graph)]);
  const held = all.find((each) => each.id === assignment && isCurrent(each));
  const same = requests.filter((each) => isRemoval(each) && each.packageId === held?.packageId);
  const opens = held === undefined ? undefined : await readOpens(services, [held.packageId]);
  return {
    capability: services.policy.flows.packages,
    held,
    me: actor.objectId,
    removing: same.some(
      (each) => isOpen(each) && (each.assignmentId === undefined || each.assignmentId === assignment),
    ),
    earlier: same.map(({ id }) => id),
    opens: opens?.get(held?.packageId ?? '') ?? [],
  };
}

function shown(
  { services, reference }: Turn,
  row: CardRow,
  { held, opens }: GiveBackFacts,
  state: GivenBackView['state'],
  problem = '',
): Outcome {
  const { id = '', packageId = '', packageName = '', endsAt = '' } = held ?? {};
  const given = { assignment: id, packageId, name: packageName, endsAt, opens };
  const card = givenBackCard(services.tenantId, { ...given, state, problem, reference });
  return { kind: 'card', card, ref: row.ref };
}

export const giveBackEffect = effect({
  name: 'packages.give-back',
  args: giveBackArgs,
  receipt: giveBackReceipt,
  // One request a question, and another where Entra did not do it; and while one is being sent, no other for the same access.
  key: ({ assignment, ref, earlier }) => ({
    item: heldItem(assignment),
    stage: earlier.length === 0 ? ref : `${ref}:${earlier.length}`,
    action: 'give-back',
  }),
  async act(graph, asked) {
    const landed = async () => (await removalOf(graph, asked)) !== undefined;
    // The facts were read before the claim; another device may have sent it in between.
    if (await landed()) return;
    await giveBackInEntra(graph, { assignmentId: asked.assignment, landed });
  },
  recorded: async (graph, asked) => plain(await removalOf(graph, asked)),
  healed: async (reader, asked, { created_at }) =>
    plain(await removalSeen(reader, asked, new Date(created_at - clocksDiffer))),
  async settled(tx, services, { args: asked, receipt: found, claim, healed }) {
    await enqueue(tx, services.clock, watchJob(asked.assignment, undefined));
    // Whoever clicked has seen nothing yet.
    if (healed) {
      const card = picture(services, asked, stateOf(found), { reference: claim.reference });
      await changeCard(tx, services.clock, claim.card_ref, card, { force: true });
    }
  },
  working: (services, asked, viewer) => picture(services, asked, 'working', viewer),
  done: (services, asked, found, viewer) => picture(services, asked, stateOf(found), viewer),
  notDone: async (services, asked, { reference }) =>
    picture(services, asked, 'sure', { reference, problem: problemOf('packages.not-given-back') }),
});

const clocksDiffer = 5 * minute;

function plain(found: Removed | undefined): z.infer<typeof giveBackReceipt> | undefined {
  return found && { requestId: found.requestId, state: found.state };
}

function stateOf({ state }: Removed): GivenBackView['state'] {
  return state === 'delivered' ? 'done' : 'removing';
}

function picture(
  { tenantId }: Pick<HouseServices, 'tenantId'>,
  { assignment, packageId, packageName: name, endsAt, opens }: GiveBackArgs,
  state: GivenBackView['state'],
  { reference, problem = '' }: { readonly reference: string; readonly problem?: string },
) {
  const given = { assignment, packageId, name, endsAt, opens, state, reference, problem };
  return givenBackCard(tenantId, given);
}
