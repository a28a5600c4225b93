import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import type { EventCatalogue, EventName, PublishedEvent } from './event-catalogue.js';
import { listensTo, listensToAll } from './on-event.decorator.js';
import { ProvidedMethods } from './provided-methods.js';

type Listener = (payload: EventCatalogue[EventName]) => Promise<void> | void;
type ListenerToAll = (event: PublishedEvent) => Promise<void> | void;

interface Listeners {
  readonly toOne: ReadonlyMap<EventName, readonly Listener[]>;
  readonly toAll: readonly ListenerToAll[];
}

/** Tells the modules that listen what happened, without knowing them. */
@Injectable()
export class EventBus {
  #listeners: Listeners | undefined;

  constructor(
    private readonly methods: ProvidedMethods,
    private readonly transactions: Transactions,
  ) {}

  /** Runs every listener in the transaction of the caller: if one fails, nothing of it happened. */
  async publish<N extends EventName>(name: N, payload: EventCatalogue[N]): Promise<void> {
    this.#listeners ??= this.#discover();
    const { toOne, toAll } = this.#listeners;
    const event = { name, payload } as PublishedEvent;
    await this.transactions.run(async () => {
      for (const listener of toOne.get(name) ?? []) await listener(payload);
      for (const listener of toAll) await listener(event);
    });
  }

  #discover(): Listeners {
    const toOne = new Map<EventName, Listener[]>();
    const toAll: ListenerToAll[] = [];
    for (const { declared, call } of this.methods.all()) {
      for (const name of listensTo(declared)) toOne.set(name, [...(toOne.get(name) ?? []), call as Listener]);
      if (listensToAll(declared)) toAll.push(call as ListenerToAll);
    }
    return { toOne, toAll };
  }
}
