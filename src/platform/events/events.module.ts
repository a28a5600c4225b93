import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventBus } from './event-bus.js';
import { ProvidedMethods } from './provided-methods.js';

/** The bus on which modules hear of each other without importing each other. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [ProvidedMethods, EventBus], exports: [ProvidedMethods, EventBus] })
export class EventsModule {}
