import { vi } from 'vitest';
import { EventBus, type EventCatalogue, type EventName } from '#platform/events/index.js';
import type { TestService } from './start-service.js';

/** Everything that a service publishes while a test looks. */
export class PublishedEvents {
  readonly #heard: { readonly name: EventName; readonly payload: unknown }[] = [];

  private constructor() {
    // made by `of`
  }

  /** Begins to listen to a service, until `vi.restoreAllMocks`. */
  static of(service: TestService): PublishedEvents {
    const events = new PublishedEvents();
    const bus = service.app.get(EventBus, { strict: false });
    const publish = bus.publish.bind(bus);
    vi.spyOn(bus, 'publish').mockImplementation(async (name, payload) => {
      await publish(name, payload);
      events.#heard.push({ name, payload });
    });
    return events;
  }

  /** What was published under a name, in order. */
  named<N extends EventName>(name: N): EventCatalogue[N][] {
    return this.#heard.filter((event) => event.name === name).map(({ payload }) => payload as EventCatalogue[N]);
  }

  /** The names of all that was published, in order. */
  get names(): readonly EventName[] {
    return this.#heard.map(({ name }) => name);
  }
}
