import { error, type Finding, ok, warning } from './finding.js';

const id = 'node.version';
const least = 20;
/** Node 20 gets no security fixes since April 2026. */
const supported = 22;

export function checkNode(version: string): readonly Finding[] {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1] ?? Number.NaN);
  if (!(major >= least)) {
    const what = `This is Node ${version}.`;
    return [
      error(id, {
        what,
        why: `Latchkey needs Node ${least} or newer.`,
        fix: `Install Node ${supported} or newer.`,
      }),
    ];
  }
  if (major < supported) {
    const what = `This is Node ${version}, which is past its end of life.`;
    const why = 'It works, but security holes in it are not closed any more.';
    return [warning(id, { what, why, fix: `Move to Node ${supported} or newer.` })];
  }
  return [ok(id, `Node ${version}.`)];
}
