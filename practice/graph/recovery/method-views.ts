import type { PracticeContext } from '../../context.js';
import type { Method, MethodKind } from '../../world/recovery/methods.js';
import { type Pass, usability } from '../../world/recovery/pass.js';
import type { Entity } from '../entity.js';

export const collections: Readonly<Partial<Record<MethodKind, string>>> = {
  password: 'passwordMethods',
  fido2: 'fido2Methods',
  authenticator: 'microsoftAuthenticatorMethods',
  hello: 'windowsHelloForBusinessMethods',
  softwareOath: 'softwareOathMethods',
  phone: 'phoneMethods',
  email: 'emailMethods',
  platform: 'platformCredentialMethods',
  external: 'externalAuthenticationMethods',
};

const types: Readonly<Record<MethodKind, string>> = {
  password: 'passwordAuthenticationMethod',
  fido2: 'fido2AuthenticationMethod',
  authenticator: 'microsoftAuthenticatorAuthenticationMethod',
  hello: 'windowsHelloForBusinessAuthenticationMethod',
  softwareOath: 'softwareOathAuthenticationMethod',
  phone: 'phoneAuthenticationMethod',
  email: 'emailAuthenticationMethod',
  platform: 'platformCredentialAuthenticationMethod',
  external: 'externalAuthenticationMethod',
  qr: 'qrCodePinAuthenticationMethod',
};

export function methodEntity(method: Method): Entity {
  const { id, createdAt: createdDateTime } = method;
  return { type: types[method.kind], props: { id, createdDateTime, ...details(method) } };
}

function details(method: Method): Readonly<Record<string, unknown>> {
  switch (method.kind) {
    case 'password':
      return { password: null };
    case 'fido2': {
      const { name: displayName, aaguid: aaGuid, passkeyType, attested } = method;
      const attestationLevel = attested ? 'attested' : 'notAttested';
      // Entra takes the model from the attestation: without one it knows none.
      const model = method.model === '' ? null : method.model;
      return { displayName, aaGuid, model, passkeyType, attestationLevel, attestationCertificates: [] };
    }
    case 'authenticator':
      return { displayName: method.name, deviceTag: method.deviceTag, phoneAppVersion: method.appVersion };
    case 'hello':
      return { displayName: method.name, keyStrength: method.keyStrength };
    case 'softwareOath':
      return { secretKey: null };
    case 'phone':
      return { phoneNumber: method.number, phoneType: method.phoneType, smsSignInState: 'notEnabled' };
    case 'email':
      return { emailAddress: method.address };
    case 'platform':
      return { displayName: method.name, keyStrength: method.keyStrength, platform: method.platform };
    case 'external':
      return { displayName: method.name, configurationId: method.configurationId };
    case 'qr':
      return {};
  }
}

/** The code is in the answer to its creation, and nowhere else ever. */
export function passEntity(
  { tenant, clock }: PracticeContext,
  pass: Pass,
  code: string | null = null,
): Entity {
  const methodUsabilityReason = usability(pass, {
    policy: tenant.recovery.state().policy,
    groupIds: tenant.groupsOf(pass.personId, 'transitive').map(({ id }) => id),
    now: clock.now().getTime(),
  });
  const props = {
    id: pass.id,
    createdDateTime: pass.createdAt,
    startDateTime: pass.startsAt,
    temporaryAccessPass: code,
    lifetimeInMinutes: pass.minutes,
    isUsableOnce: pass.once,
    isUsable: methodUsabilityReason === 'EnabledByPolicy',
    methodUsabilityReason,
  };
  return { type: 'temporaryAccessPassAuthenticationMethod', props };
}
