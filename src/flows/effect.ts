import type { z } from 'zod/v4';
import type { Json } from '../base/json.js';
import type { Card } from '../cards/card.js';
import type { GraphAs, GraphReader } from '../graph/graph.js';
import type { ClaimRow } from '../store/schema.js';
import type { Tx } from '../store/store.js';
import type { HouseServices } from './turn.js';

/** Item + stage + action: see the unique indexes of the claims table. */
export interface ClaimKey {
  readonly item: string;
  readonly stage: string;
  readonly action: string;
}

/** Not always the one who acted: the second of two approvers gets the outcome of the first. */
export interface Viewer {
  readonly id: string;
  readonly reference: string;
}

export interface SettledAs<Args, Receipt> {
  readonly args: Args;
  readonly receipt: Receipt;
  readonly claim: ClaimRow;
  /** Found by the bot itself after a crash: whoever clicked has seen nothing yet. */
  readonly healed: boolean;
}

/** One kind of change in Entra: how to make it, and how to tell afterwards from Entra alone whether it was made. */
export interface EffectOf<Args extends Json, Receipt extends Json> {
  readonly name: string;
  readonly args: z.ZodType<Args>;
  readonly receipt: z.ZodType<Receipt>;
  key(args: Args): ClaimKey;
  act(graph: GraphAs, args: Args, services: HouseServices): Promise<void>;
  /**
   * What Entra recorded, read with the actor's own rights; undefined while there is no trace of it. The last look may
   * settle for a part, where an effect has parts.
   */
  recorded(graph: GraphAs, args: Args, last: boolean): Promise<Receipt | undefined>;
  /** The same for the bot after a crash, when nobody's token is at hand. */
  healed(reader: GraphReader, args: Args, claim: ClaimRow): Promise<Receipt | undefined>;
  /**
   * How long Entra may hide what was done from the bot's own eyes (ms): so long nothing found is no answer, unless
   * somebody looks with their own token. Nothing: it shows at once.
   */
  readonly hiddenFor?: number;
  /** Whoever may press sees with their own token what somebody else did, not only whoever did it. */
  readonly seenByAll?: boolean;
  /** Commits together with the outcome: what is queued here is what everybody else gets to see. */
  settled(tx: Tx, services: HouseServices, settled: SettledAs<Args, Receipt>): Promise<void>;
  /** What whoever clicked sees while it is on its way, once recorded, and when nothing was recorded after all. */
  working(services: HouseServices, args: Args, viewer: Viewer): Card;
  done(services: HouseServices, args: Args, receipt: Receipt, viewer: Viewer): Card;
  notDone(services: HouseServices, args: Args, claim: ClaimRow): Promise<Card>;
}

interface SettledWith {
  readonly receipt: Json;
  readonly healed: boolean;
}

/** An effect whose types were checked where it was declared, so that reconcile can keep all of them in one table. */
export interface Effect {
  readonly name: string;
  readonly hiddenFor: number;
  readonly seenByAll: boolean;
  act(graph: GraphAs, claim: ClaimRow, services: HouseServices): Promise<void>;
  recorded(graph: GraphAs, claim: ClaimRow, last: boolean): Promise<Json | undefined>;
  healed(reader: GraphReader, claim: ClaimRow): Promise<Json | undefined>;
  settled(tx: Tx, services: HouseServices, claim: ClaimRow, outcome: SettledWith): Promise<void>;
  working(services: HouseServices, claim: ClaimRow, viewer: Viewer): Card;
  done(services: HouseServices, claim: ClaimRow, receipt: Json, viewer: Viewer): Card;
  notDone(services: HouseServices, claim: ClaimRow): Promise<Card>;
}

/** `key` and `args` stay typed for carryOut; everything that runs from a claim row reads its arguments from the row. */
export interface DeclaredEffect<Args extends Json> extends Effect {
  key(args: Args): ClaimKey;
}

export function effect<Args extends Json, Receipt extends Json>(
  of: EffectOf<Args, Receipt>,
): DeclaredEffect<Args> {
  const args = (claim: ClaimRow): Args => of.args.parse(JSON.parse(claim.args));
  return {
    name: of.name,
    hiddenFor: of.hiddenFor ?? 0,
    seenByAll: of.seenByAll ?? false,
    key: of.key,
    act: (graph, claim, services) => of.act(graph, args(claim), services),
    recorded: (graph, claim, last) => of.recorded(graph, args(claim), last),
    healed: (reader, claim) => of.healed(reader, args(claim), claim),
    settled: (tx, services, claim, { receipt, healed }) =>
      of.settled(tx, services, { args: args(claim), receipt: of.receipt.parse(receipt), claim, healed }),
    working: (services, claim, viewer) => of.working(services, args(claim), viewer),
    done: (services, claim, receipt, viewer) =>
      of.done(services, args(claim), of.receipt.parse(receipt), viewer),
    notDone: (services, claim) => of.notDone(services, args(claim), claim),
  };
}
