import { promptLibrary } from '../../practice/world/packages.js';
import { appId, appSecret, tenantId } from '../../practice/world/people.js';

/** The shortest way to a write in somebody's name: their sign-on token, the exchange, one request to Graph. */
export async function askForPromptLibrary(practiceUrl: string, ssoToken: string): Promise<void> {
  const exchanged = await fetch(`${practiceUrl}/sts/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      client_id: appId,
      client_secret: appSecret,
      assertion: ssoToken,
      scope: 'https://graph.microsoft.com/EntitlementMgmt-SubjectAccess.ReadWrite',
    }),
  });
  const { access_token: token } = (await exchanged.json()) as { access_token: string };
  const { id: accessPackageId, policy } = promptLibrary;
  const asked = await fetch(
    `${practiceUrl}/graph/v1.0/identityGovernance/entitlementManagement/assignmentRequests`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        requestType: 'userAdd',
        assignment: { accessPackageId, assignmentPolicyId: policy.id },
      }),
    },
  );
  if (!asked.ok) throw new Error(`Graph did not take the request: ${await asked.text()}`);
}
