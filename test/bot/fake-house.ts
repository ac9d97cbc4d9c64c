import type { House, Outcome, Place, Request } from '../../src/flows/flow.js';
import type { Actor } from '../../src/identity/actor.js';
import type { UserTokens, WindowCode } from '../../src/identity/tokens.js';

export interface FakeHouse extends House {
  readonly ran: Request[];
  readonly heard: string[];
  readonly places: { readonly ref: string; readonly place: Place }[];
  readonly contacts: {
    readonly person: string;
    readonly conversationId: string;
    readonly serviceUrl: string;
  }[];
  /** What the next verbs answer with. */
  answers(answer: (request: Request) => Promise<Outcome> | Outcome): void;
}

/** Writes down what the edge hands over. */
export function createFakeHouse(): FakeHouse {
  let answer: (request: Request) => Promise<Outcome> | Outcome = () => ({ kind: 'notice', text: 'Done.' });
  const house: FakeHouse = {
    ran: [],
    heard: [],
    places: [],
    contacts: [],
    answers: (next) => {
      answer = next;
    },
    run: async (request) => {
      house.ran.push(request);
      return answer(request);
    },
    handOver: async () => 'under-way',
    hear: (text) => {
      house.heard.push(text);
      return { verb: 'test.hear', data: { text } };
    },
    placed: async (ref, place) => {
      house.places.push({ ref, place });
    },
    met: async (actor, { conversationId, serviceUrl }) => {
      house.contacts.push({ person: actor.objectId, conversationId, serviceUrl });
    },
  };
  return house;
}

export interface FakeUserTokens extends UserTokens {
  readonly accepted: { readonly person: string; readonly assertion: string }[];
  readonly redeemed: { readonly person: string; readonly window: WindowCode }[];
  readonly forgotten: string[];
  refuseWith(error: Error): void;
  /** What comes of the next sign-in windows. */
  refuseWindowsWith(error: Error): void;
}

export function createFakeUserTokens(): FakeUserTokens {
  let refusal: Error | undefined;
  let windowRefusal: Error | undefined;
  const tokens: FakeUserTokens = {
    accepted: [],
    redeemed: [],
    forgotten: [],
    refuseWith: (error) => {
      refusal = error;
    },
    refuseWindowsWith: (error) => {
      windowRefusal = error;
    },
    accept: async (actor: Actor, assertion) => {
      if (refusal !== undefined) throw refusal;
      tokens.accepted.push({ person: actor.objectId, assertion });
    },
    redeem: async ({ objectId }, window) => {
      if (windowRefusal !== undefined) throw windowRefusal;
      tokens.redeemed.push({ person: objectId, window });
    },
    contexts: () => [],
    tokenFor: async () => 'graph token',
    forget: (actor) => {
      tokens.forgotten.push(actor.objectId);
    },
  };
  return tokens;
}
