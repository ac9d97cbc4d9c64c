import { openStore, type StoreOptions } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from './databases.js';

export interface SuiteStore {
  readonly store: Store;
  readonly place: StoreOptions;
  /** What a second instance of the bot would open. */
  another(more?: Partial<StoreOptions>): Promise<Store>;
  /** That of a second instance, where there can be one; otherwise the same again. */
  beside(): Promise<Store>;
}

/** One database for all cases of the surrounding describe; every store opened through it is closed at the end. */
export function suiteStore(engine: Engine): SuiteStore {
  let place: StoreOptions | undefined;
  const stores: Store[] = [];
  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The database is opened before the first case, not earlier');
    return value;
  };
  const open = async (more: Partial<StoreOptions> = {}): Promise<Store> => {
    const store = await openStore({ ...opened(place), ...more });
    stores.push(store);
    return store;
  };
  before(async () => {
    place = await engine.fresh();
    await open();
  });
  after(() => Promise.all(stores.map((store) => store.close())));
  return {
    get store() {
      return opened(stores[0]);
    },
    get place() {
      return opened(place);
    },
    another: open,
    beside: async () => (engine.name === 'postgres' ? open() : opened(stores[0])),
  };
}
