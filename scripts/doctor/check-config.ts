import type { ConfigRead } from '../../src/base/config.js';
import { error, type Finding, ok, warning } from './finding.js';

const id = 'config.settings';

/** What readConfig found: it names settings and never repeats the value of a secret. */
export function checkConfig(read: ConfigRead): readonly Finding[] {
  if (read.kind === 'ok') return [ok(id, 'All settings can be read.'), ...checkCredentialKind(read)];
  return read.problems.map(({ name, what, why, fix }) => error(id, { what: `${name} ${what}.`, why, fix }));
}

function checkCredentialKind({ config }: Extract<ConfigRead, { kind: 'ok' }>): readonly Finding[] {
  if (config.identity.credential.kind !== 'secret' || !config.production) return [];
  return [
    warning('config.credential', {
      what: 'The bot proves its identity with a client secret.',
      why: 'A secret can be copied, and whoever has it is the bot.',
      fix: 'Use federated, managed-identity or certificate: see docs/operations.md.',
    }),
  ];
}
