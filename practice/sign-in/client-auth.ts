import jwt from 'jsonwebtoken';
import { appId, appSecret } from '../world/people.js';
import { refuseSignIn } from './sts-error.js';

export type Form = Readonly<Record<string, string | undefined>>;

/** The bot proves that it is the bot: with the secret, or with a signed assertion. */
export function checkClient(form: Form): void {
  if (form.client_id !== appId) {
    const message = `Application with identifier '${form.client_id ?? ''}' was not found in the directory 'Contoso'.`;
    refuseSignIn('unauthorized_client', 700_016, message);
  }
  if (form.client_assertion !== undefined) {
    checkAssertion(form);
  } else if (form.client_secret === undefined) {
    const message =
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    refuseSignIn('invalid_client', 7_000_218, message, { status: 401 });
  } else if (form.client_secret !== appSecret) {
    const message = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`;
    refuseSignIn('invalid_client', 7_000_215, message, { status: 401 });
  }
}

// No certificate is registered here, so the signature cannot be checked; everything around it is.
function checkAssertion(form: Form): void {
  const decoded = jwt.decode(form.client_assertion ?? '', { complete: true });
  const claims = typeof decoded?.payload === 'object' ? decoded.payload : {};
  const fine =
    form.client_assertion_type === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' &&
    (decoded?.header.alg === 'RS256' || decoded?.header.alg === 'PS256') &&
    claims.iss === appId &&
    claims.sub === appId &&
    /\/oauth2\/v2\.0\/token$|\/v2\.0$/.test(String(claims.aud)) &&
    Number(claims.exp) * 1_000 > Date.now();
  if (!fine) {
    const message =
      'Client assertion failed signature validation, is expired or names another issuer, subject or audience.';
    refuseSignIn('invalid_client', 700_027, message, { status: 401 });
  }
}
