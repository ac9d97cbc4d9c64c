import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Teams' own library for pages that it opens. Served by the bot: nothing is loaded from anywhere else. */
export interface TeamsScript {
  readonly body: Buffer;
  /** Another one for each content, so that a browser may keep it for good. */
  readonly version: string;
  readonly integrity: string;
}

/** A missing file is noticed at the start; it is read when somebody first needs it. */
export function createTeamsScript(): () => TeamsScript {
  const file = createRequire(import.meta.url).resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js');
  let script: TeamsScript | undefined;
  return () => {
    script ??= describe(readFileSync(file));
    return script;
  };
}

function describe(body: Buffer): TeamsScript {
  const hash = createHash('sha384').update(body);
  const integrity = `sha384-${hash.copy().digest('base64')}`;
  return { body, integrity, version: hash.digest('hex').slice(0, 16) };
}
