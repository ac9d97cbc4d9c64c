import type { SignInMethod } from '../../../graph/recovery/recovery.js';
import { modelOf } from '../../../insight/passkey-models.js';

type Named = Pick<SignInMethod, 'kind' | 'name' | 'aaguid' | 'model' | 'phoneType'>;

/** A way to sign in, by what people call it: the key on the ring, the phone, the number. */
export function methodText(method: Named): string {
  const { kind, name } = method;
  switch (kind) {
    case 'passkey':
      return named(passkeyText(method), name);
    case 'authenticator':
      return named('Microsoft Authenticator', name);
    case 'hello':
      return named('Windows Hello', name);
    case 'platform':
      return named(method.model === '' ? 'Sign-in of the computer' : `Sign-in of ${method.model}`, name);
    case 'oath':
      return named('Codes from an app', name);
    case 'phone':
      return `${phoneTexts[method.phoneType] ?? 'Phone'}${name === '' ? '' : ` ${name}`}`;
    case 'email':
      return `Mail${name === '' ? '' : ` to ${name}`}`;
    case 'external':
      return named('Sign-in with another provider', name);
    case 'qr':
      return named('QR code with PIN', name);
    case 'password':
      return 'Password';
    case 'pass':
      return 'Pass';
    case 'other':
      return named('Another way to sign in', name);
  }
}

const phoneTexts: Readonly<Record<string, string>> = {
  mobile: 'Text or call to the mobile',
  alternateMobile: 'Call to the second mobile',
  office: 'Call to the office phone',
};

/** The list of makes knows it best; Entra writes a model only for keys that it has seen vouched for by their maker. */
function passkeyText({ aaguid, model }: Named): string {
  const known = modelOf(aaguid);
  if (known === undefined) return model === '' ? 'Passkey' : `Passkey, ${model}`;
  return known.firmware === '' ? known.name : `${known.name} (firmware ${known.firmware})`;
}

function named(what: string, name: string): string {
  return name === '' || what.includes(name) ? what : `${name} · ${what}`;
}
