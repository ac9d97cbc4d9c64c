import type { Case } from '../cases.js';

interface Ended {
  readonly about: Pick<Case['about'], 'passkey'>;
  readonly removed: readonly string[];
}

/** What has come of a case: `A new passkey is there: YubiKey 5 NFC. One old way to sign in was removed.` Or nothing. */
export function achieved({ about: { passkey }, removed }: Ended): string {
  const added = passkey === '' ? '' : `A new passkey is there: ${passkey}.`;
  return [added, goneText(removed.length)].filter((part) => part !== '').join(' ');
}

function goneText(many: number): string {
  if (many === 0) return '';
  return many === 1 ? 'One old way to sign in was removed.' : `${many} old ways to sign in were removed.`;
}
