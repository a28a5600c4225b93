import { type Settings, tracesUrl } from '#platform/config/index.js';
import type { Log } from './logging.js';
import type { Tracing } from './tracing.js';

/** Starts to trace where an endpoint is set; without one nothing of OpenTelemetry is loaded. */
export async function openTracing(settings: Settings, log: Log): Promise<Tracing | undefined> {
  const url = tracesUrl(settings.tracing);
  if (url === undefined) return undefined;
  const { Tracing } = await import('./tracing.js');
  return new Tracing(url, settings, log);
}
