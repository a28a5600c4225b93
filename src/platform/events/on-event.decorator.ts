import 'reflect-metadata';
import type { EventCatalogue, EventName, PublishedEvent } from './event-catalogue.js';

const LISTENS_TO = Symbol('listens to');
const EVERY_EVENT = 'every event';

type Heard = EventName | typeof EVERY_EVENT;
type Listener<N extends EventName> = (payload: EventCatalogue[N]) => Promise<void> | void;
type ListenerToAll = (event: PublishedEvent) => Promise<void> | void;

/** Calls the method inside the publisher's transaction; it may only touch the database. */
export function OnEvent<N extends EventName>(name: N) {
  return <L extends Listener<N>>(
    _target: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<L>,
  ): void => {
    note(descriptor.value, name);
  };
}

/** As `OnEvent`, for everything that is published; the method is called after those that listen to one event. */
export function OnEveryEvent() {
  return <L extends ListenerToAll>(
    _target: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<L>,
  ): void => {
    note(descriptor.value, EVERY_EVENT);
  };
}

/** The events that a method was declared to listen to. */
export function listensTo(method: object): readonly EventName[] {
  return heardBy(method).filter((heard) => heard !== EVERY_EVENT);
}

/** Whether a method was declared to listen to everything. */
export function listensToAll(method: object): boolean {
  return heardBy(method).includes(EVERY_EVENT);
}

function note(method: object | undefined, heard: Heard): void {
  if (method !== undefined) Reflect.defineMetadata(LISTENS_TO, [...heardBy(method), heard], method);
}

function heardBy(method: object): readonly Heard[] {
  return (Reflect.getMetadata(LISTENS_TO, method) as Heard[] | undefined) ?? [];
}
