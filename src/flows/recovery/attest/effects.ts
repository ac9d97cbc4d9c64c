import { z } from 'zod/v4';
import type { Tx } from '../../../store/store.js';
import { claimOfStep } from '../../claims.js';
import { type DeclaredEffect, effect } from '../../effect.js';
import type { HouseServices } from '../../turn.js';
import { answeredCard } from '../cards/attest-card.js';
import { kindsOfCase } from '../case-kinds.js';
import { type Case, type CaseChange, changeCase, isOpen, itemOf, ways } from '../cases.js';
import { recoveryError } from '../errors.js';
import { asIncident } from '../incident/as-incident.js';
import { counting, needed } from './needed.js';
import type { AttestArgs } from './rules.js';

const text = z.string();

const args: z.ZodType<AttestArgs> = z.object({
  caseId: text,
  kind: z.enum(kindsOfCase),
  subject: text,
  subjectName: text,
  openedBy: text,
  openedAt: text,
  said: text,
  privileged: z.boolean(),
  how: z.enum([...ways, '']),
  note: text,
  by: text,
  byName: text,
  at: text,
  have: z.number(),
  needed: z.number(),
  vouched: text,
  round: z.number(),
});

const receipt = z.object({ by: text, byName: text, how: text, note: text, at: text });

/** Somebody vouches. Each of them takes a step of their own: two at once must not become one. */
export const attestEffect = wordEffect({
  name: 'recovery.attest',
  state: 'attested',
  key: ({ caseId, by, round }) => attestKey(caseId, by, round),
  change: attest,
});

/** Somebody says that it is not them, or that they are not sure: the case is over at once. */
export const refuseEffect = wordEffect({
  name: 'recovery.refuse',
  state: 'refused',
  key: ({ caseId }) => refuseKey(caseId),
  change: doubt,
});

/** A round for each time that their word stopped counting: then it can be given again. */
export function attestKey(caseId: string, by: string, round: number) {
  return { item: itemOf(caseId), stage: round === 0 ? 'attest' : `attest:${round}`, action: `attest:${by}` };
}

export function refuseKey(caseId: string) {
  return { item: itemOf(caseId), stage: 'attest', action: 'refuse' };
}

function attest({ policy, clock }: HouseServices, one: Case, said: AttestArgs): CaseChange | undefined {
  const { by, byName, how, note, at } = said;
  const words = counting(one.attested, clock.now().getTime());
  if (one.state !== 'attest' || one.kind === 'not-me') return undefined;
  if (how === '' || words.some((each) => each.by === by)) return undefined;
  const attested = [...words, { by, byName, how, note, at: Date.parse(at) }];
  const enough = attested.length >= needed(policy.recovery, one);
  return enough ? { attested, state: 'issue' } : { attested };
}

/** Once somebody has seen a pass the doubt is worth more than an end: whoever is in has to be thrown out again. */
function doubt(_services: HouseServices, one: Case, { byName }: AttestArgs): CaseChange | undefined {
  if (!isOpen(one)) return undefined;
  const outcome = `${byName} could not confirm that it is ${one.about.subjectName}.`;
  if (one.pass?.shown === true) return asIncident(one, outcome);
  return { state: 'refused', about: { outcome } };
}

interface WordOf {
  readonly name: string;
  readonly state: 'attested' | 'refused';
  key(said: AttestArgs): { readonly item: string; readonly stage: string; readonly action: string };
  change(services: HouseServices, one: Case, said: AttestArgs): CaseChange | undefined;
}

/** What somebody says about a case stands in our own record alone: Entra has no place for it, and is asked nothing. */
function wordEffect({ name, state, key, change }: WordOf): DeclaredEffect<AttestArgs> {
  const say = (tx: Tx, services: HouseServices, said: AttestArgs, reference: string) => {
    const { by: actor, how, note, caseId } = said;
    const who = { actor, reference, seen: { how, note } };
    return changeCase(tx, services, caseId, who, (one) => change(services, one, said));
  };
  return effect({
    name,
    args,
    receipt,
    key,
    // Said here and not when it is settled: what came too late must not be recorded as said.
    async act(_graph, said, services) {
      const claim = await claimOfStep(services, key(said));
      const reference = claim?.reference ?? services.ids.guid();
      const after = await services.store.write((tx) => say(tx, services, said, reference));
      if (after === undefined) throw recoveryError('recovery.attest-over');
    },
    recorded: async (_graph, said) => receiptOf(said),
    healed: async (_reader, said) => receiptOf(said),
    // A process that died in between has perhaps not said it yet.
    async settled(tx, services, { args: said, claim, healed }) {
      if (healed) await say(tx, services, said, claim.reference);
    },
    working: (_services, said, { reference }) => answeredCard(said, { state: 'working', reference }),
    done: (_services, said, _receipt, { reference }) => answeredCard(said, { state, reference }),
    // Never asked for: what was claimed here is found again.
    notDone: async (_services, said, { reference }) => answeredCard(said, { state: 'working', reference }),
  });
}

function receiptOf({ by, byName, how, note, at }: AttestArgs) {
  return { by, byName, how, note, at };
}
