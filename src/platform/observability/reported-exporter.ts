import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { trustedCertificates, type Settings } from '#platform/config/index.js';
import type { Log } from './logging.js';

/** Posts spans to the receiver; the log has a line when it stops to take them, and one when it does again. */
export function reportedExporter(url: string, { tracing, outbound }: Settings, log: Log): SpanExporter {
  const ca = trustedCertificates(outbound);
  const exporter = new OTLPTraceExporter({
    url,
    headers: { ...tracing.headers },
    timeoutMillis: tracing.timeoutMilliseconds,
    ...(ca && { httpAgentOptions: { keepAlive: true, ca } }),
  });
  let isTaken = true;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const takes = result.code === ExportResultCode.SUCCESS;
        if (isTaken && !takes) log.warn({ err: result.error }, 'traces are not taken; they are dropped until they are');
        if (!isTaken && takes) log.info('traces are taken again');
        isTaken = takes;
        // What has been reported here need not be reported by the library, too.
        done({ code: ExportResultCode.SUCCESS });
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush(),
  };
}
