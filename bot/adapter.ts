import { CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import { type TeamsActivity, toSdk } from './activity.js';
import { type BotAuth, letInBy } from './bot-auth.js';

/**
 * CloudAdapter's own `process` prints errors to the console and sends their text to the caller; this one takes an
 * activity that was already let in, and hands back the answer instead of writing it.
 */
export class TeamsAdapter extends CloudAdapter {
  readonly #result: AuthenticateRequestResult;

  constructor(auth: BotAuth, appId: string) {
    super(auth);
    this.#result = letInBy(auth, appId);
  }

  answer(
    activity: TeamsActivity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(this.#result, toSdk(activity), logic);
  }
}
