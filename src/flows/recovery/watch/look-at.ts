import { minute } from '../../../base/clock.js';
import type { GraphReader } from '../../../graph/graph.js';
import { methodsOf, passesOf, type SignInMethod } from '../../../graph/recovery/recovery.js';
import type { HouseServices } from '../../turn.js';
import { withoutPass } from '../attest/needed.js';
import { type Case, changeCase, isOpen } from '../cases.js';
import { methodText } from '../clean-up/method-text.js';
import { areSessionsOver, isHandled } from '../clean-up/section.js';
import { achieved } from '../close/achieved.js';
import { livePasses } from '../issue/live-passes.js';
import { goodPasskeys, newPasskey } from './new-passkey.js';
import { passEnds } from './next-look.js';
import { tellOfStray } from './stray-pass.js';

/** What is known of a pass: it can still be used; it was; or it opens nothing any more without having been. */
export type PassFate = 'waits' | 'used' | 'over';

export interface Seen {
  /** The case as it is now. */
  readonly one: Case;
  readonly fate: PassFate;
  /** Empty: no new passkey. */
  readonly passkey: string;
  /** How many they have; 0: nobody looked. */
  readonly keys: number;
}

/** One look at one case: one call, seldom two. `known` is what the look before it found of the pass. */
export async function lookAt(services: HouseServices, one: Case, known: PassFate): Promise<Seen> {
  const reader = services.graph.reader(services.ids.guid());
  return one.state === 'clean-up' ? end(services, reader, one, known) : signIn(services, reader, one, known);
}

/** Somebody is on their way in. A pass for one sign-in that waits says that they are not. */
async function signIn(
  services: HouseServices,
  reader: GraphReader,
  one: Case,
  known: PassFate,
): Promise<Seen> {
  const ended = hasEnded(services, one);
  const fate = known !== 'waits' ? known : await fateOf(reader, one, ended);
  if (fate === 'waits' && one.pass?.once === true) return { one, fate, passkey: '', keys: 0 };
  const methods = await methodsOf(reader, one.subject);
  const found = newPasskey(methods, one);
  if (found === undefined) {
    // A pass that was used leaves ten minutes to register: as long as it lives they may be at it.
    const lapsed = ended || fate === 'over';
    return { one: lapsed ? await reopen(services, one, fate) : one, fate, passkey: '', keys: 0 };
  }
  const passkey = methodText(found);
  const after = await change(services, one, { passkey, pass: fate }, ({ state }) =>
    state === 'sign-in' || state === 'issue' ? { state: 'clean-up', about: { passkey } } : undefined,
  );
  const seen = { one: after ?? one, fate, passkey, keys: goodPasskeys(methods, one).length };
  return after === undefined ? seen : closeIfDone(services, reader, seen, methods);
}

/** Of a pass for several sign-ins Entra does not tell that it was used: its time is looked at, and no call is made. */
async function fateOf(reader: GraphReader, { subject, pass }: Case, ended: boolean): Promise<PassFate> {
  if (pass === undefined) return 'over';
  if (!pass.once) return ended ? 'over' : 'waits';
  return fateIn(await passesOf(reader, subject), pass.id, ended);
}

function fateIn(passes: Awaited<ReturnType<typeof passesOf>>, id: string, ended: boolean): PassFate {
  const found = passes.find((each) => each.id === id);
  const why = found?.why.toLowerCase();
  if (why === 'onetimeused') return 'used';
  const over = ended || found === undefined || why === 'expired' || why === 'disabledbypolicy';
  return over ? 'over' : 'waits';
}

/** The pass opens nothing any more, and there is no new passkey: whoever makes passes has to make another one. */
async function reopen(services: HouseServices, one: Case, fate: PassFate): Promise<Case> {
  const now = services.clock.now().getTime();
  const after = await change(services, one, { pass: fate }, (found) =>
    found.state === 'sign-in' ? withoutPass(services.policy.recovery, found, now) : undefined,
  );
  return after ?? one;
}

/** They are in again. As long as people have something left to do no call is made. */
async function end(services: HouseServices, reader: GraphReader, one: Case, known: PassFate): Promise<Seen> {
  const seen = { one, fate: known, passkey: '', keys: 0 };
  if (!(await isReady(services, one))) return seen;
  return closeIfDone(services, reader, seen);
}

async function isReady(services: HouseServices, one: Case): Promise<boolean> {
  // Of an incident a person says when it is over: the new passkey could be that of whoever is in the account.
  return one.kind !== 'not-me' && isHandled(one) && (await areSessionsOver(services, one));
}

/** Only when nothing is left that opens the account, and the new passkey is still there at that moment. */
async function closeIfDone(
  services: HouseServices,
  reader: GraphReader,
  seen: Seen,
  read?: readonly SignInMethod[],
): Promise<Seen> {
  const { one } = seen;
  if (!(await isReady(services, one))) return seen;
  const ended = hasEnded(services, one);
  const live = await livePasses(reader, one.subject, one.opened_at);
  const stray = live.find(({ id }) => id !== one.pass?.id);
  if (stray !== undefined) {
    await tellOfStray(services, one);
    return seen;
  }
  const waits = !ended && live.length > 0;
  const fate = seen.fate === 'waits' && !waits ? 'over' : seen.fate;
  if (fate === 'waits') return seen;
  const methods = read ?? (await methodsOf(reader, one.subject));
  const found = newPasskey(methods, one);
  if (found === undefined) {
    // It was taken away again: they are not back on their feet.
    const after = await change(services, one, { passkey: '' }, ({ state }) =>
      state === 'clean-up' ? { state: 'sign-in', about: { passkey: '' } } : undefined,
    );
    return { ...seen, one: after ?? one, fate };
  }
  const passkey = methodText(found);
  const outcome = achieved({ about: { passkey }, removed: one.removed });
  const after = await change(services, one, { passkey, pass: fate }, (now) =>
    now.state === 'clean-up' && now.kind !== 'not-me' && isHandled(now) && now.pass?.id === one.pass?.id
      ? { state: 'closed', about: { outcome, passkey } }
      : undefined,
  );
  return { one: after ?? one, fate, passkey, keys: goodPasskeys(methods, one).length };
}

/** By the clock of Entra as well. */
function hasEnded({ clock }: HouseServices, one: Case): boolean {
  return clock.now().getTime() >= passEnds(one) + minute;
}

function change(
  services: HouseServices,
  one: Case,
  seen: { readonly [name: string]: string },
  to: Parameters<typeof changeCase>[4],
): Promise<Case | undefined> {
  const by = { actor: 'latchkey', reference: services.ids.guid(), seen };
  return services.store.write((tx) =>
    changeCase(tx, services, one.id, by, (now) => (isOpen(now) ? to(now) : undefined)),
  );
}
