import { z } from 'zod/v4';

type Env = Readonly<Record<string, string | undefined>>;

export type Filled =
  | { readonly kind: 'filled'; readonly manifest: string }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

const guid = z.guid();
const https = z.url({ protocol: /^https$/ });
const domain = z.string().regex(/^(?=.{1,253}$)([a-z0-9-]+\.)+[a-z]{2,}$/i);

/** What may be put into the manifest, and what it must look like. */
const places: Readonly<Record<string, { readonly shape: z.ZodType; readonly hint: string }>> = {
  BOT_ID: { shape: guid, hint: 'the client id of the bot (or set MICROSOFT_APP_ID)' },
  TEAMS_APP_ID: { shape: guid, hint: 'any GUID that stays the same; without it the bot id is taken' },
  BOT_DOMAIN: { shape: domain, hint: 'the host name of the bot (or set LATCHKEY_PUBLIC_URL)' },
  APP_NAME_SUFFIX: { shape: z.string().max(12), hint: 'up to 12 characters, such as "-test"; may be empty' },
  PUBLISHER_NAME: {
    shape: z.string().min(1).max(32),
    hint: 'the name of your organisation, up to 32 characters',
  },
  PUBLISHER_URL: { shape: https, hint: 'the https address of your organisation' },
  PRIVACY_URL: { shape: https, hint: 'the https address of your privacy statement' },
  TERMS_URL: { shape: https, hint: 'the https address of your terms of use' },
};

/** Fills `${{NAME}}` as the Microsoft 365 Agents Toolkit does, so that both can use one file. */
export function fillManifest(template: string, env: Env): Filled {
  const values = { ...known(env), ...given(env) };
  const names = [...new Set([...template.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = '']) => name))];
  const problems = names.flatMap((name) => problemOf(name, values[name]));
  if (problems.length > 0) return { kind: 'problems', problems };
  const manifest = template.replace(/\$\{\{(\w+)\}\}/g, (_, name: string) => quoted(values[name] ?? ''));
  return { kind: 'filled', manifest };
}

/** What follows from the settings of the bot itself. */
function known(env: Env): Record<string, string> {
  const botId = env.BOT_ID ?? env.MICROSOFT_APP_ID;
  const publicUrl = env.LATCHKEY_PUBLIC_URL ?? '';
  return {
    APP_NAME_SUFFIX: '',
    ...(botId === undefined ? {} : { BOT_ID: botId, TEAMS_APP_ID: botId }),
    ...(URL.canParse(publicUrl) ? { BOT_DOMAIN: new URL(publicUrl).hostname } : {}),
  };
}

function given(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.keys(places).flatMap((name) => {
      const value = env[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

function problemOf(name: string, value: string | undefined): readonly string[] {
  const place = places[name];
  if (place === undefined) return [`${name} is in the manifest, but nobody knows what it is`];
  if (value === undefined) return [`${name} is not set: ${place.hint}`];
  return place.shape.safeParse(value).success ? [] : [`${name} does not fit: ${place.hint}`];
}

/** The place stands inside a JSON string. */
function quoted(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
