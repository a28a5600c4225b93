/** What was used lately, by key, and no more of it than there may be: what was not used longest goes. */
export class Recent<V> {
  readonly #values = new Map<string, V>();

  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) this.#last(key, value);
    return value;
  }

  keep(key: string, value: V): void {
    this.#last(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.most && oldest !== undefined) this.#values.delete(oldest);
  }

  forget(key: string): void {
    this.#values.delete(key);
  }

  #last(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
  }
}
