import type { ChangeKind } from './change-stamps.repository.js';
import type { Changes } from './changes.service.js';
import { Recent } from './recent.js';

const MOST_ENTRIES = 5000;

interface Entry<V> {
  readonly generation: number;
  readonly value: V;
}

/**
 * What was read of one kind of rows, in memory and until the kind changes. What is not there is never kept, so that
 * asking for what does not exist fills nothing; beyond the bound the entry that was not used longest goes.
 */
export class Cache<V> {
  readonly #entries: Recent<Entry<V>>;

  constructor(
    private readonly changes: Pick<Changes, 'inTransaction' | 'generation' | 'known' | 'lookedUp'>,
    private readonly kind: ChangeKind,
    most = MOST_ENTRIES,
  ) {
    this.#entries = new Recent(most);
  }

  /** The value of a key, read by `load` when it is not known. */
  async get(key: string, load: () => Promise<V | undefined>): Promise<V | undefined> {
    const values = await this.getMany([key], async () => {
      const value = await load();
      return value === undefined ? new Map() : new Map([[key, value]]);
    });
    return values.get(key);
  }

  /** The values of those keys that exist; `load` reads all that are not known at once. */
  async getMany(
    keys: readonly string[],
    load: (missing: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  ): Promise<ReadonlyMap<string, V>> {
    if (keys.length === 0) return new Map();
    if (this.changes.inTransaction) return load(keys);
    const generation = await this.changes.generation(this.kind);
    const known = new Map<string, V>();
    for (const key of keys) {
      const entry = this.#used(key, generation);
      if (entry !== undefined) known.set(key, entry.value);
    }
    const missing = keys.filter((key) => !known.has(key));
    this.changes.lookedUp(this.kind, known.size, missing.length);
    if (missing.length === 0) return known;
    const loaded = await load(missing);
    for (const [key, value] of loaded) this.#keep(key, { generation, value });
    return new Map([...known, ...loaded]);
  }

  #used(key: string, generation: number): Entry<V> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.generation === generation) return entry;
    this.#entries.forget(key);
    return undefined;
  }

  /** What was read before a change, and came after it, is not kept. */
  #keep(key: string, entry: Entry<V>): void {
    if (entry.generation === this.changes.known(this.kind)) this.#entries.keep(key, entry);
  }
}
