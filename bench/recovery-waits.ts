import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod/v4';
import { personByKey } from '../practice/world/people.js';
import { quantile, type Section, short } from './page.js';
import type { Remote } from './remote.js';
import { costSince, pressCells, type Step } from './step-cost.js';

const subjects = ['finance', 'appowner'];
/** One a day: there is a cool-down between two passes of one person. */
const days = 5;
const note = 'Saw her on video, and she knew our first project';

/** One lost phone: what each step took, and how long until the next one could act. */
interface Told {
  readonly help: Step;
  readonly open: Step;
  readonly openToAsked: number;
  readonly vouch: Step;
  readonly vouchToIssue: number;
  readonly issue: Step;
}

/** From “I lost my phone” to the pass, by three people. */
export async function recoveryWaits(control: Remote): Promise<Section> {
  const told: Told[] = [];
  for (let day = 0; day < days; day += 1) {
    for (const subject of subjects) told.push(await tell(control, subject, `Lost on day ${day}`));
    await control.post('clock', { advance: 'P1D' });
  }
  return sectionOf(told);
}

async function tell(control: Remote, subject: string, lost: string): Promise<Told> {
  const name = personByKey(subject)?.displayName ?? subject;
  const said = `${lost} by ${name}`;

  await breathe(control);
  const helpCost = await costSince(control);
  const saidAt = await nowIn(control);
  await control.say(subject, 'I lost my phone');
  const card = await control.shows(subject, 'A lost phone or computer', 'recovery.open');
  const help = { ms: card.at - saidAt, ...(await helpCost()) };

  const openCost = await costSince(control);
  const openedAt = await nowIn(control);
  const openMs = await control.press(subject, card.id, 'recovery.open', { what: 'lost', note: said });
  const asked = await control.shows('manager', said, '"recovery.attest"');
  const open = { ms: openMs, ...(await openCost()) };

  await breathe(control);
  const vouchCost = await costSince(control);
  const vouchedAt = await nowIn(control);
  const vouchMs = await control.press('manager', asked.id, 'recovery.attest', { how: 'video', note });
  const desk = await control.shows('helpdesk', said, '"recovery.issue"');
  const vouch = { ms: vouchMs, ...(await vouchCost()) };

  await breathe(control);
  const issueCost = await costSince(control);
  const issueMs = await control.press('helpdesk', desk.id, 'recovery.issue', {});
  const issue = { ms: issueMs, ...(await issueCost()) };
  await control.press('helpdesk', desk.id, 'recovery.read-out', {});
  await breathe(control);
  await control.press('helpdesk', desk.id, 'recovery.close', { note: 'The phone turned up again' });
  return {
    ...{ help, open, vouch, issue },
    openToAsked: asked.at - openedAt,
    vouchToIssue: desk.at - vouchedAt,
  };
}

const clock = z.object({ clock: z.object({ now: z.iso.datetime().transform(Date.parse) }) });

/** By the clock that dates messages, which is days ahead. */
async function nowIn(control: Remote): Promise<number> {
  return clock.parse(await control.get('')).clock.now;
}

/** The sweeps look, and then the ten seconds are over in which logs may be read five times only. */
async function breathe(control: Remote): Promise<void> {
  await control.post('clock', { advance: 'PT21S' });
  await pause(700);
  await control.post('clock', { advance: 'PT11S' });
}

function sectionOf(told: readonly Told[]): Section {
  const row = (what: string, limit: number, stepOf: (each: Told) => Step): readonly string[] => {
    const { calls, times } = pressCells(told.map(stepOf), limit);
    return [what, calls, ...times];
  };
  const wait = (what: string, limit: number, msOf: (each: Told) => number): readonly string[] => {
    const values = told.map(msOf);
    const worst = Math.max(...values);
    return [what, '', ...[worst / limit, quantile(values, 0.5), worst].map(short)];
  };
  return {
    title: 'Recovery: from “I lost my phone” to the pass',
    text: `${told.length} stories of two people, one a day. Calls that Graph counts, and in brackets the requests they travel in, with what background jobs did
meanwhile. The limit for an answer is 3 s, and so is that for the next person's card. The clock goes on for half a minute before each press, so that
no log is read more often than Entra allows.`,
    head: ['', 'Graph calls (requests)', 'worst : limit', 'p50 ms*', 'worst ms*'],
    rows: [
      row('“I lost my phone” -> the question for whom', 3_000, ({ help }) => help),
      row('press of “I do” -> the case', 3_000, ({ open }) => open),
      wait('press of “I do” -> the card of whoever vouches', 3_000, ({ openToAsked }) => openToAsked),
      row('press of “Yes, it is them” -> its answer', 3_000, ({ vouch }) => vouch),
      wait('press of “Yes, it is them” -> the card of the help desk', 3_000, (each) => each.vouchToIssue),
      row('press of “Make a pass” -> the code', 3_000, ({ issue }) => issue),
    ],
  };
}
