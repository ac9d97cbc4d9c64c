// By the name of the field, not by the look of the value: a secret may look like anything.
const secret =
  /^(client_secret|client_assertion|assertion|password|passwd|code|code_verifier|refresh_token|access_token|id_token|token|secret|temporaryAccessPass)$/i;

/** A copy in which every secret is "…", however deep. */
export function withoutSecrets(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return { bytes: value.length };
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secret.test(name) && typeof inner === 'string' ? '…' : withoutSecrets(inner),
    ]),
  );
}
