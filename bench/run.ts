import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../src/base/project-root.js';
import { edge } from './edge.js';
import { flow } from './flow.js';
import { render } from './render.js';
import { openStage, type Stage } from './stage.js';
import { start } from './start.js';
import { type Section, tableOf } from './table.js';

/** `npm run bench`: measures, prints, and writes docs/performance.md. Nothing here passes or fails. */
async function main(): Promise<void> {
  if (process.env.NODE_ENV === 'production') throw new Error('The bench needs the practice tenant.');
  const [busy = 0] = loadavg();
  const sections = [await onStage(edge), await onStage(flow), await start(), render()];
  const page = pageOf(sections, busy);
  writeFileSync(path.join(projectRoot(), 'docs/performance.md'), page);
  console.log(page);
}

/** Each on a stage of its own: what one leaves in memory and store does not weigh on the next. */
async function onStage(measure: (stage: Stage) => Promise<Section>): Promise<Section> {
  const stage = await openStage();
  try {
    return await measure(stage);
  } finally {
    await stage.close();
  }
}

function pageOf(sections: readonly Section[], busy: number): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const machine = [
    `${availableParallelism()} cores (${model})`,
    `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    `load average ${busy.toFixed(1)} before the run`,
    new Date().toISOString().slice(0, 10),
  ];
  return (
    [
      '# Performance',
      `Written by \`npm run build && npm run bench\`, which takes about a minute. Everything runs on one machine: the bot, the practice
tenant and whoever presses share its cores, and nothing leaves it. Ratios come first, because they travel; columns with a *
are true for the machine of this run only. Nothing is asserted: a slow machine fails no test.`,
      `This run: ${machine.join(' · ')}.`,
      ...sections.flatMap((section) => [`## ${section.title}`, section.text, tableOf(section)]),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

await main();
