import type { Case } from '../cases.js';

type Opened = Pick<Case, 'opened_by' | 'subject' | 'about'>;

/** Who opened a case for somebody else, as this reader reads it; empty: they opened it themselves. */
export function openerFor({ opened_by: opener, subject, about }: Opened, reader: string): string {
  if (opener === subject) return '';
  return opener === reader ? 'You' : about.openerName;
}
