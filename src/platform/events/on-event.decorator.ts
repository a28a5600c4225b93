import 'reflect-metadata';
import type { EventCatalogue, EventName } from './event-catalogue.js';

const LISTENS_TO = Symbol('listens to');

type Listener<N extends EventName> = (payload: EventCatalogue[N]) => Promise<void> | void;

/** Calls the method inside the publisher's transaction; it may only touch the database. */
export function OnEvent<N extends EventName>(name: N) {
  return <L extends Listener<N>>(
    _target: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<L>,
  ): void => {
    if (descriptor.value) Reflect.defineMetadata(LISTENS_TO, [...listensTo(descriptor.value), name], descriptor.value);
  };
}

/** The events that a method was declared to listen to. */
export function listensTo(method: object): readonly EventName[] {
  return (Reflect.getMetadata(LISTENS_TO, method) as EventName[] | undefined) ?? [];
}
