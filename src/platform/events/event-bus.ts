import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Transactions } from '#platform/database/index.js';
import type { EventCatalogue, EventName } from './event-catalogue.js';
import { listensTo } from './on-event.decorator.js';

type Listener = (payload: EventCatalogue[EventName]) => Promise<void> | void;

/** Tells the modules that listen what happened, without knowing them. */
@Injectable()
export class EventBus {
  #listeners: ReadonlyMap<EventName, readonly Listener[]> | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly transactions: Transactions,
  ) {}

  /** Runs every listener in the transaction of the caller: if one fails, nothing of it happened. */
  async publish<N extends EventName>(name: N, payload: EventCatalogue[N]): Promise<void> {
    this.#listeners ??= this.#discover();
    const listeners = this.#listeners.get(name) ?? [];
    await this.transactions.run(async () => {
      for (const listener of listeners) await listener(payload);
    });
  }

  #discover(): ReadonlyMap<EventName, readonly Listener[]> {
    const found = new Map<EventName, Listener[]>();
    for (const [name, listener] of this.#allListeners()) found.set(name, [...(found.get(name) ?? []), listener]);
    return found;
  }

  /** One instance provided under two names is asked once. */
  *#allListeners(): Generator<[EventName, Listener]> {
    const instances = new Set<unknown>(this.discovery.getProviders().map((provider): unknown => provider.instance));
    for (const instance of instances) {
      if (typeof instance !== 'object' || instance === null) continue;
      const prototype: unknown = Object.getPrototypeOf(instance);
      if (typeof prototype !== 'object' || prototype === null || prototype === Object.prototype) continue;
      for (const name of this.scanner.getAllMethodNames(prototype)) yield* listenersIn(instance, name);
    }
  }
}

function* listenersIn(instance: object, name: string): Generator<[EventName, Listener]> {
  const method: unknown = Reflect.get(instance, name);
  if (typeof method !== 'function') return;
  for (const event of listensTo(method)) yield [event, method.bind(instance) as Listener];
}
