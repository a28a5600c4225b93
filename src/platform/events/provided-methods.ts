import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

/** A method of something that a module provides, and the name of its class. */
export interface ProvidedMethod {
  readonly owner: string;
  readonly name: string;
  /** What its decorators said is attached to this. */
  readonly declared: object;
  /** The method, bound to the instance. */
  readonly call: (...values: unknown[]) => unknown;
}

/** Every method of every provider, among which those are found that decorators mark. */
@Injectable()
export class ProvidedMethods {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** One instance provided under two names is asked once. */
  *all(): Generator<ProvidedMethod> {
    const instances = new Set<unknown>(this.discovery.getProviders().map((provider): unknown => provider.instance));
    for (const instance of instances) {
      if (typeof instance !== 'object' || instance === null) continue;
      const prototype: unknown = Object.getPrototypeOf(instance);
      if (typeof prototype !== 'object' || prototype === null || prototype === Object.prototype) continue;
      for (const name of this.scanner.getAllMethodNames(prototype)) yield* methodIn(instance, name);
    }
  }
}

function* methodIn(instance: object, name: string): Generator<ProvidedMethod> {
  const method: unknown = Reflect.get(instance, name);
  if (typeof method !== 'function') return;
  const call = method.bind(instance) as ProvidedMethod['call'];
  yield { owner: instance.constructor.name, name, declared: method, call };
}
