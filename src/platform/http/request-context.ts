import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Runs work so that everything it logs carries the id of its request. */
export function inRequest(id: string, work: () => void): void {
  current.run(id, work);
}

/** The id of the request that is being answered, if one is. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}
