export { EventBus } from './event-bus.js';
export type { EventCatalogue, EventName } from './event-catalogue.js';
export { EventsModule } from './events.module.js';
export { OnEvent } from './on-event.decorator.js';
