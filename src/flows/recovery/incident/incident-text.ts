import type { ToldChange } from '../changes/rows.js';

const verbs = { added: 'was added', removed: 'was removed', changed: 'was changed' } as const;

/** `A passkey or security key was added.` Nothing of who did it: that stands beside it, as Entra has it. */
export function incidentText({ about: { what, happened } }: Pick<ToldChange, 'about'>): string {
  const thing = what.replace(/\byou are\b/, 'they are');
  return `${thing.charAt(0).toUpperCase()}${thing.slice(1)} ${verbs[happened]}.`;
}
