import 'reflect-metadata';
import type { EventCatalogue, EventName } from './event-catalogue.js';

const CALLED_AFTER = Symbol('called after the commit');

type Hook<N extends EventName> = (payload: EventCatalogue[N]) => Promise<void> | void;

/**
 * Calls the method once what happened is committed, and never if it is not: by whichever process gets to it, again
 * when it fails, up to two days, so it may be called twice and in another order. It may use the network, and has ten seconds.
 */
export function AfterCommit<N extends EventName>(name: N) {
  return <L extends Hook<N>>(
    _target: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<L>,
  ): void => {
    const { value: method } = descriptor;
    if (method !== undefined) Reflect.defineMetadata(CALLED_AFTER, [...calledAfter(method), name], method);
  };
}

/** The events after whose commit a method was declared to be called. */
export function calledAfter(method: object): readonly EventName[] {
  return (Reflect.getMetadata(CALLED_AFTER, method) as EventName[] | undefined) ?? [];
}
