import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { tempFolder } from './temp-folder.js';

export interface TempStore {
  readonly store: Store;
  readonly folder: string;
  close(): Promise<void>;
}

/** SQLite in a folder that goes away with it. */
export async function openTempStore(): Promise<TempStore> {
  const folder = tempFolder();
  const store = await openStore({ dataDir: folder.path });
  return {
    store,
    folder: folder.path,
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
}
