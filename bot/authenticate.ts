import { isAppError } from '../src/base/errors.js';
import type { Actor } from '../src/identity/actor.js';
import { identityError } from '../src/identity/errors.js';
import type { UserTokens } from '../src/identity/tokens.js';
import type { SignedInWindow, SignIn } from './sign-in.js';
import type { SignInWindows } from './sign-in-windows.js';

export interface AuthenticateParts {
  readonly userTokens: UserTokens;
  readonly signIn: SignIn;
  readonly windows: SignInWindows;
}

/** What a press brought along: Teams' own token, or what the sign-in window came back with. */
export interface Proof {
  readonly assertion: string | undefined;
  readonly state: string | undefined;
}

/** Takes whatever proof there is of who pressed; without any, the sign-in that is remembered has to do. */
export async function authenticate(
  parts: AuthenticateParts,
  actor: Actor,
  { assertion, state }: Proof,
): Promise<void> {
  const { signIn, windows, userTokens } = parts;
  const waiting = windows.take(actor);
  const brought = signIn.windowIn(state ?? '');
  if (brought !== undefined) await redeem(parts, actor, brought);
  else if (waiting !== undefined) await redeemWaiting(parts, actor, waiting);
  // Afterwards: a plain token of Teams does not push aside a stronger sign-in.
  if (assertion !== undefined) await userTokens.accept(actor, assertion);
}

async function redeem(
  { userTokens, windows }: AuthenticateParts,
  actor: Actor,
  { person, claims, ...window }: SignedInWindow,
): Promise<void> {
  // Before the code is shown to anybody: it must not be spent by a press of somebody else.
  if (person !== actor.objectId) throw identityError('identity.token-refused');
  await userTokens.redeem(actor, { ...window, stronger: claims !== undefined });
  if (claims !== undefined) windows.met(actor, claims);
}

/** It may have been used meanwhile by a press that brought it, on another instance: then this press stands alone. */
async function redeemWaiting(parts: AuthenticateParts, actor: Actor, sealed: string): Promise<void> {
  const window = parts.signIn.windowIn(sealed);
  if (window === undefined) return;
  try {
    await redeem(parts, actor, window);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'identity.sign-in-spent') throw error;
  }
}
