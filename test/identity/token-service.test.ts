import assert from 'node:assert/strict';
import { createTokenService } from '../../src/identity/token-service.js';
import { refusal, type Sts, startSts } from './sts.js';

describe('the sign-in service as the library sees it', () => {
  let sts: Sts;
  beforeEach(async () => {
    sts = await startSts();
  });
  afterEach(() => sts.close());

  /** What the library hands to its HTTP client. */
  const request = (body: string) =>
    ({
      url: 'https://login.microsoftonline.com/tenant/oauth2/v2.0/token',
      method: 'POST',
      headers: { toJSON: () => ({ 'content-type': 'application/x-www-form-urlencoded' }) },
      body,
    }) as never;

  it('keeps apart what two requests were told, however long the library thinks about it', async () => {
    sts.onRequest(({ who }) =>
      who === 'ada' ? refusal('invalid_grant', 50_013) : refusal('invalid_grant', 65_001),
    );
    const service = createTokenService({ signInUrl: sts.url });
    let goOn = (): void => {};
    const thinking = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const send = (body: string) => service.options.httpClient?.sendRequest(request(body));
    const ada = service.ask(async () => {
      await send('who=ada');
      await thinking;
      throw new Error('no token');
    });
    const ben = service.ask(async () => {
      await ada.catch(() => {});
      throw new Error('not reached in time');
    });
    const cy = service.ask(async () => {
      await send('who=cy');
      throw new Error('no token');
    });
    await assert.rejects(cy, { code: 'identity.consent-needed' });
    goOn();
    await assert.rejects(ada, { code: 'identity.sign-in-needed' });
    await assert.rejects(ben, { code: 'identity.misconfigured' }, 'who sent nothing was told nothing');
  });
});
