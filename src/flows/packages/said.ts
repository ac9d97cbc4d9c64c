import type { Command } from '../flow.js';

/** The verbs that words can mean; index.ts gives their names. */
export interface Heard {
  readonly open: string;
  readonly reports: string;
  readonly mine: string;
  readonly approvals: string;
  readonly owned: string;
}

/** What people write, the most particular first: the first line that fits is meant. */
const table: readonly (readonly [meant: keyof Heard, words: RegExp])[] = [
  ['owned', /\bwho (still )?(has|have|holds?|got|uses?)\b/i],
  [
    'approvals',
    /\b(wait\w*|pending|open) (for )?my (approval|decision)s?\b|\b(packages?|access|request)\W+approvals?\b|\b(requests?|packages?|what|who)( that)?( is| are)? (waits? for me|waiting for me|(to|can i|do i|must i) (approve|decide))\b/i,
  ],
  [
    'reports',
    /\b(for|on behalf of) (someone|somebody|one|anyone) (else|(in|of|on) my (team|reports|people|staff))\b|\b(for|on behalf of) (my|a|one of my) (team|reports?|people|staff|employees?|team members?)\b|^\W*my (team|reports)\W*$/i,
  ],
  [
    'mine',
    /\bwhat( access| packages?)? (do|have) i( already| currently)? (have|hold|got)\b|\b(what|which) (access|packages?) (i have|are mine|is mine)\b|^\W*(show |list |see )?(me )?my (access|packages?|access packages)\W*$|^\W*(please |can i |can you |i want to |i need to |i would like to )*(extend|renew|prolong|give back|return)\b|\bwhen does my access\b/i,
  ],
  ['open', /\b(need|want|request|ask|access|packages?|get|join)\b/i],
];

export function hears(text: string, verbs: Heard): Command | undefined {
  const meant = table.find(([, words]) => words.test(text))?.[0];
  if (meant === undefined) return undefined;
  return { verb: verbs[meant], data: meant === 'open' ? { query: text.slice(0, 500) } : {} };
}
