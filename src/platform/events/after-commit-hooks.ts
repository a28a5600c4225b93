import { Injectable, type OnModuleInit } from '@nestjs/common';
import { calledAfter } from './after-commit.decorator.js';
import type { DeliveryOutcome } from './delivery.js';
import type { EventName, PublishedEvent } from './event-catalogue.js';
import { OnEveryEvent } from './on-event.decorator.js';
import type { OutboxCatalogue } from './outbox-catalogue.js';
import { OutboxCourier } from './outbox-courier.js';
import { Outbox } from './outbox.js';
import { ProvidedMethods, type ProvidedMethod } from './provided-methods.js';

interface Hooks {
  /** By the name under which the outbox knows them. */
  readonly named: ReadonlyMap<string, ProvidedMethod>;
  /** The names of those that are called after an event. */
  readonly after: ReadonlyMap<EventName, readonly string[]>;
}

/** Calls the methods marked `@AfterCommit`: one row of the outbox for each event and method, in the transaction of the event. */
@Injectable()
export class AfterCommitHooks implements OnModuleInit {
  #hooks: Hooks | undefined;

  constructor(
    private readonly methods: ProvidedMethods,
    private readonly outbox: Outbox,
    private readonly courier: OutboxCourier,
  ) {}

  onModuleInit(): void {
    this.courier.carry('after-commit', (payload) => this.call(payload));
  }

  @OnEveryEvent()
  async happened({ name, payload }: PublishedEvent): Promise<void> {
    for (const hook of this.hooks.after.get(name) ?? []) await this.outbox.add('after-commit', hook, { hook, payload });
  }

  private async call({ hook, payload }: OutboxCatalogue['after-commit']): Promise<DeliveryOutcome> {
    const method = this.hooks.named.get(hook);
    // During an upgrade another process may be the only one that has it.
    if (method === undefined) return { outcome: 'retry', detail: 'no method of this name is marked' };
    await method.call(payload);
    return { outcome: 'delivered' };
  }

  private get hooks(): Hooks {
    this.#hooks ??= this.discover();
    return this.#hooks;
  }

  private discover(): Hooks {
    const named = new Map<string, ProvidedMethod>();
    const after = new Map<EventName, string[]>();
    for (const method of this.methods.all()) {
      const events = calledAfter(method.declared);
      if (events.length === 0) continue;
      const hook = `${method.owner}.${method.name}`;
      if (named.has(hook)) throw new Error(`two methods marked @AfterCommit are called ${hook}`);
      named.set(hook, method);
      for (const name of events) after.set(name, [...(after.get(name) ?? []), hook]);
    }
    return { named, after };
  }
}
