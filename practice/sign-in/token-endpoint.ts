import { z } from 'zod/v4';
import type { PracticeContext } from '../context.js';
import type { PracticeRequest, PracticeResponse } from '../http/router.js';
import { outsiderTenantId, tenantId } from '../world/people.js';
import { checkClient, type Form } from './client-auth.js';
import type { CodeBook } from './code-book.js';
import { authorizationCode, clientCredentials, type Granted, onBehalfOf } from './grants.js';
import { refuseSignIn, StsRefusal, stsErrorAnswer } from './sts-error.js';
import { tokenSeconds } from './tokens.js';

const formShape = z.record(z.string(), z.string());

export function tokenEndpoint(ctx: PracticeContext, codes: CodeBook, req: PracticeRequest): PracticeResponse {
  const header = req.headers['client-request-id'];
  try {
    const form = formShape.safeParse(req.body ?? {});
    if (!form.success) refuseSignIn('invalid_request', 900_144, 'The request body must be a form.');
    // Tenant, client, grant: in that order, so that a stranger learns nothing about people or consents.
    checkTenant(req.params.tenant ?? '', form.data.client_id ?? '');
    checkClient(form.data);
    return tokenAnswer(granted(ctx, codes, form.data));
  } catch (error) {
    if (error instanceof StsRefusal) return stsErrorAnswer(error.problem, header?.toString());
    throw error;
  }
}

function granted(ctx: PracticeContext, codes: CodeBook, form: Form): Granted {
  switch (form.grant_type) {
    case 'client_credentials':
      return clientCredentials(ctx, form);
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return onBehalfOf(ctx, form);
    case 'authorization_code':
      return authorizationCode(ctx, codes, form);
    default: {
      const message = `The app requested an unsupported grant type '${form.grant_type ?? ''}'.`;
      return refuseSignIn('unsupported_grant_type', 70_003, message);
    }
  }
}

export function checkTenant(tenant: string, client: string): void {
  if (tenant === tenantId) return;
  if (tenant === outsiderTenantId) {
    const message = `Application with identifier '${client}' was not found in the directory 'Northwind'.`;
    refuseSignIn('unauthorized_client', 700_016, message);
  }
  refuseSignIn('invalid_request', 90_002, `Tenant '${tenant}' not found.`);
}

function tokenAnswer({ scope, accessToken, idToken }: Granted): PracticeResponse {
  return {
    status: 200,
    headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
    body: {
      token_type: 'Bearer',
      ...(scope === undefined ? {} : { scope }),
      expires_in: tokenSeconds,
      ext_expires_in: tokenSeconds,
      access_token: accessToken,
      ...(idToken ? { id_token: idToken } : {}),
    },
  };
}
