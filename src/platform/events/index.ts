import { OutboxEntity } from './outbox.entity.js';

export { AfterCommit } from './after-commit.decorator.js';
export { AfterCommitModule } from './after-commit.module.js';
export type { Carried, Delivery, DeliveryOutcome, DeliveryStatus } from './delivery.js';
export { EventBus } from './event-bus.js';
export type {
  EventCatalogue,
  EventName,
  FactorKind,
  PublishedEvent,
  RecordedChange,
  SignInFailure,
} from './event-catalogue.js';
export { EVENT_REACH, type EventReach } from './event-reach.js';
export { EventsModule } from './events.module.js';
export { OnEvent, OnEveryEvent } from './on-event.decorator.js';
export type { OutboxCatalogue } from './outbox-catalogue.js';
export { OutboxCourier } from './outbox-courier.js';
export { Outbox } from './outbox.js';
export { OutboxModule } from './outbox.module.js';

/** The table of the outbox. */
export const OUTBOX_ENTITIES = [OutboxEntity] as const;
