export { createLog, type Log, NestLog } from './logging.js';
export { Metrics } from './metrics.js';
export { MetricsAccess, type MetricsReader } from './metrics-access.js';
export { MetricsListener, serveClusterMetrics } from './metrics-listener.js';
export { ObservabilityModule } from './observability.module.js';
export { Readiness, type ReadinessReport } from './readiness.js';
export { openTracing } from './open-tracing.js';
export { registerRequestLog } from './request-log.js';
export { type NoteSource, StartUpNotes } from './start-up-notes.js';
