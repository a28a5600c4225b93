import { AsyncLocalStorage } from 'node:async_hooks';

/** Who does something: a person, a client by itself, or this service. */
export interface Actor {
  readonly kind: 'user' | 'client' | 'system';
  /** The id of the user or client; the service has none. */
  readonly id?: string | undefined;
}

/** What is known of the request that is being answered, wherever the work for it has got to. */
export interface CurrentRequest {
  readonly id: string;
  readonly address: string;
  readonly userAgent?: string | undefined;
  /** Who asks, once that is known. */
  readonly actor?: Actor | undefined;
}

const current = new AsyncLocalStorage<CurrentRequest & { actor?: Actor | undefined }>();

/** Runs work so that everything it logs and records carries the facts of its request. */
export function inRequest(request: CurrentRequest, work: () => void): void {
  current.run(request, work);
}

/** The facts of the request that is being answered, if one is. */
export function currentRequest(): CurrentRequest | undefined {
  return current.getStore();
}

/** The id of the request that is being answered, if one is. */
export function currentRequestId(): string | undefined {
  return current.getStore()?.id;
}

/** Says who asks, for the record of what comes of it; outside a request it says nothing. */
export function actingAs(actor: Actor): void {
  const request = current.getStore();
  if (request !== undefined) request.actor = actor;
}
