import { z } from 'zod/v4';
import { quantile, type Section, short } from './page.js';
import type { Remote } from './remote.js';
import { type Story, type Told, tell } from './role-story.js';
import { pressCells, type Step } from './step-cost.js';

/** Nobody asks twice for the same, and nobody decides about themselves. */
const askers = ['engineer', 'finance', 'helpdesk', 'starter'];
const targets = [
  { key: 'platform-admins', approvers: ['manager', 'appowner'] },
  { key: 'ai-admin', approvers: ['security', 'manager'] },
  { key: 'groups-admin', approvers: ['security', 'appowner'] },
  { key: 'global-reader', approvers: ['manager', 'security'] },
  { key: 'connector-operators', approvers: ['appowner', 'manager'] },
] as const;

/** Entra needs seconds, which say nothing of the bot. */
const lags = { provisionLag: 'PT0S', readLag: 'PT0S', readyLag: 'PT0S' };

const overview = z.object({
  targets: z.array(
    z.object({ key: z.string(), kind: z.string(), id: z.string(), scope: z.string(), name: z.string() }),
  ),
});

/** What each step costs, and how long people wait for each other. */
export async function roleWaits(control: Remote): Promise<readonly Section[]> {
  const stories = await prepare(control);
  const told: Told[] = [];
  for (const [index, story] of stories.entries()) told.push(await tell(control, story, index + 1));
  return [pressSection(told), waitSection(told)];
}

async function prepare(control: Remote): Promise<readonly Story[]> {
  const { targets: known } = overview.parse(await control.get('pim'));
  await control.post('pim/settings', lags);
  const stories: Story[] = [];
  for (const { key, approvers } of targets) {
    const rules = { target: key, approvers, context: '', enabled: ['Justification'], approverReason: true };
    await control.post('pim/rules', rules);
    const { kind, id, scope, name } = known.find((each) => each.key === key) ?? missing(key);
    const target = { key, name, role: { kind, id, scope } };
    for (const asker of askers) {
      await control.post('pim/eligible', { person: asker, target: key, eligible: true });
      const [approver, other] = approvers;
      stories.push({ asker, target, approver, other });
    }
  }
  return stories;
}

function missing(key: string): never {
  throw new Error(`The practice tenant has no role ${key}`);
}

function pressSection(told: readonly Told[]): Section {
  const row = (what: string, limit: number, stepOf: (each: Told) => Step): readonly string[] => {
    const { calls, azure, times } = pressCells(told.map(stepOf), limit);
    return [what, calls, azure, ...times];
  };
  return {
    title: 'Roles: what a press costs',
    text: `Calls that Graph counts, and in brackets the requests they travel in; calls of Azure; the middle of ${told.length} stories, each with another
person or role. What a press of Ask costs counts until both approvers have their card, and of Approve until the role works, with
what background jobs did meanwhile. The limit for an answer is 3 s.`,
    head: ['', 'Graph calls (requests)', 'Azure calls', 'worst : limit', 'p50 ms*', 'worst ms*'],
    rows: [
      row('“my roles” -> the list', 3_000, ({ roles }) => roles),
      row('press of Activate -> the form', 3_000, ({ form }) => form),
      row('press of Ask -> its answer', 3_000, ({ ask }) => ask),
      row('press of Approve -> its answer', 3_000, ({ approve }) => approve),
    ],
  };
}

const waits = [
  ["press of Ask -> the approver's card in their chat", 2_000, 'askToCard'],
  ["press of Approve -> the other approver's card is final", 10_000, 'approveToOther'],
  ["press of Approve -> the asker's card says that it works", 10_000, 'approveToReady'],
] as const;

function waitSection(told: readonly Told[]): Section {
  const rows = waits.map(([what, limit, key]) => {
    const samples = told.map((each) => each[key]);
    const p95 = quantile(samples, 0.95);
    return [what, short(p95 / limit), `${limit / 1000} s`, short(quantile(samples, 0.5)), short(p95)];
  });
  return {
    title: 'Roles: from one person to the other',
    text: `The same ${told.length} stories. What is approved works at once here, so the last of these times is that of the bot alone: Entra itself needs
some seconds, and the bot looks every second at first.`,
    head: ['', 'p95 : limit', 'limit', 'p50 ms*', 'p95 ms*'],
    rows,
  };
}
