import type { UserRegistrationDetails } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { parsed } from '../collect.js';
import { isNotFound } from '../errors.js';
import { flag, list, type Shape, text } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { parseAs } from '../parse.js';
import { segment } from '../url.js';

/** How somebody is set up to sign in, as a report of Entra that is hours old. People who are disabled are not in it. */
export interface Registration {
  /** Of the person. */
  readonly id: string;
  readonly name: string;
  readonly upn: string;
  readonly guest: boolean;
  readonly admin: boolean;
  readonly mfa: boolean;
  readonly passwordless: boolean;
  /** Second factor they chose: push, oath, voiceMobile, voiceAlternateMobile, voiceOffice or sms; empty: none, or unknown. */
  readonly preferred: string;
  /** Such as mobilePhone, microsoftAuthenticatorPush, passKeyDeviceBound, windowsHelloForBusiness. */
  readonly methods: readonly string[];
  readonly updatedAt: string;
}

const path = '/reports/authenticationMethods/userRegistrationDetails';

/** Five calls in ten seconds are allowed, together with the logs: large pages, one after the other. */
export function registrations(reader: GraphReader): AsyncGenerator<readonly Registration[]> {
  return parsed(reader.pages(path, { query: { $top: '999' } }), asRegistration);
}

/** The second factor that Entra lets go of last; empty where the report does not know the person or their choice. */
export async function defaultMethodOf(reader: GraphReader, personId: string): Promise<string> {
  try {
    return asRegistration(await reader.get(`${path}/${segment(personId)}`)).preferred;
  } catch (error) {
    if (isNotFound(error)) return '';
    throw error;
  }
}

const noChoice = ['none', 'unknownfuturevalue'];

const registrationShape = z
  .object({
    id: z.string().min(1).toLowerCase(),
    userDisplayName: text,
    userPrincipalName: text,
    userType: text,
    isAdmin: flag,
    isMfaCapable: flag,
    isPasswordlessCapable: flag,
    userPreferredMethodForSecondaryAuthentication: text,
    methodsRegistered: list(z.string()),
    lastUpdatedDateTime: text,
  } satisfies Shape<UserRegistrationDetails>)
  .transform(({ userPreferredMethodForSecondaryAuthentication: preferred, ...found }): Registration => {
    const { id, userPrincipalName: upn } = found;
    return {
      id,
      name: found.userDisplayName || upn,
      upn,
      guest: found.userType.toLowerCase() === 'guest',
      admin: found.isAdmin,
      mfa: found.isMfaCapable,
      passwordless: found.isPasswordlessCapable,
      preferred: noChoice.includes(preferred.toLowerCase()) ? '' : preferred,
      methods: found.methodsRegistered,
      updatedAt: found.lastUpdatedDateTime,
    };
  });

export const asRegistration = parseAs(registrationShape, 'line of the report on sign-in methods');
