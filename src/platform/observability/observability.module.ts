import { Global, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { MetricsAccess } from './metrics-access.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsListener } from './metrics-listener.js';
import { Readiness } from './readiness.js';
import { StartUpNotes } from './start-up-notes.js';

/** What operators watch: health, metrics, and the notes of a start. */
@Global()
@Module({
  controllers: [HealthController, MetricsController],
  providers: [Metrics, MetricsAccess, MetricsListener, Readiness, StartUpNotes],
  exports: [Metrics, MetricsAccess, MetricsListener, Readiness, StartUpNotes],
})
export class ObservabilityModule {}
