import { once } from 'node:events';
import { invokeActivity } from '../practice/teams/activities.js';
import { people } from '../practice/world/people.js';
import { type Load, load, type Target } from './load.js';
import { quantile, ratio, short } from './numbers.js';
import { child, ended, freePort, type Stage } from './stage.js';
import type { Section } from './table.js';

const warmUpMs = 800;
const measureMs = 1_500;
const rounds = 3;

/** What the way in costs: a press of a verb that needs no Graph, against a server that knows its answer by heart. */
export async function edge(stage: Stage): Promise<Section> {
  const press = pressOf(stage);
  const answer = await (
    await fetch(`http://127.0.0.1:${press.port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${press.token}` },
      body: press.body,
    })
  ).text();
  const rawPort = await freePort();
  const raw = child('./raw-server.js', { RAW_PORT: String(rawPort), RAW_BODY: answer });
  await once(raw, 'message');
  const floor = { ...press, port: rawPort, pid: raw.pid ?? 0 };
  const forged = { ...press, token: withOtherSignature(press.token), status: 401 };
  try {
    const [atFloor, pressed, refused] = await quietest([floor, press, forged]);
    const row = (what: string, one: Load | undefined): readonly string[] => [
      what,
      ratio(one?.perSecond, atFloor?.perSecond),
      ratio(one?.cpuMsEach, atFloor?.cpuMsEach),
      short(one?.perSecond),
      short(quantile(one?.samples ?? [], 0.5)),
      short(quantile(one?.samples ?? [], 0.99)),
      short(one?.cpuMsEach),
    ];
    return {
      title: 'The way in',
      text: `A press of \`house.help\`, which needs no Graph, through the whole edge: the signed token (looked up in the
memory of verified ones, as with all but the first call of Teams in five minutes), the shape of the activity, the router,
the card. ${answer.length.toLocaleString('en-US')} bytes of answer, 8 kept connections. A wrong signature is checked each time, and written to the log.`,
      head: ['', 'requests : raw', 'CPU : raw', 'requests/s*', 'p50 ms*', 'p99 ms*', 'CPU ms each*'],
      rows: [
        row('node:http that answers the same body', atFloor),
        row('a press', pressed),
        row('a press with a wrong signature', refused),
      ],
    };
  } finally {
    await ended(raw);
  }
}

/** By turns, so that what else the machine does hits all alike; of each the round with the most requests. */
async function quietest(targets: readonly Target[]): Promise<readonly (Load | undefined)[]> {
  for (const target of targets) await load(target, warmUpMs);
  const best: (Load | undefined)[] = targets.map(() => undefined);
  for (let round = 0; round < rounds; round++) {
    for (const [index, target] of targets.entries()) {
      const measured = await load(target, measureMs);
      if (measured.perSecond > (best[index]?.perSecond ?? 0)) best[index] = measured;
    }
  }
  return best;
}

function pressOf({ url, botPort, botPid, tokens }: Stage): Target {
  const serviceUrl = `${url}/connector/`;
  const [person] = people;
  if (person === undefined) throw new Error('The practice tenant is empty.');
  const activity = invokeActivity(
    { person, serviceUrl, at: new Date() },
    { messageId: '1', action: { verb: 'house.help', data: {} }, trigger: 'manual' },
  );
  const token = tokens.botFrameworkToken({ serviceUrl });
  return { port: botPort, pid: botPid, body: JSON.stringify(activity), token, status: 200 };
}

/** One letter near its beginning: the last letters of a signature hold bits that nobody reads. */
function withOtherSignature(token: string): string {
  const at = token.lastIndexOf('.') + 5;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}
