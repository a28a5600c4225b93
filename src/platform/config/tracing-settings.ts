/** The samplers of the OpenTelemetry standard, by its names. */
export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Which requests are traced. */
export type SamplerName = (typeof SAMPLERS)[number];

/** Where traces go, and which: by the standard names of OpenTelemetry. */
export class TracingSettings {
  /** What spans are posted below; `tracesEndpoint` is the whole address instead. */
  declare readonly endpoint?: string;
  declare readonly tracesEndpoint?: string;
  /** Switched off although there is an endpoint. */
  declare readonly exporter: 'otlp' | 'none';
  declare readonly disabled: boolean;
  declare readonly headers: Readonly<Record<string, string>>;
  declare readonly timeoutMilliseconds: number;
  declare readonly serviceName: string;
  /** What else is said of this process. */
  declare readonly resource: Readonly<Record<string, string>>;
  declare readonly sampler: SamplerName;
  /** The part of the traces that a ratio keeps. */
  declare readonly ratio: number;

  constructor(values: { readonly [K in keyof TracingSettings]: TracingSettings[K] }) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

/** Where spans are posted to; nothing is traced without such an address. */
export function tracesUrl({ endpoint, tracesEndpoint, exporter, disabled }: TracingSettings): string | undefined {
  if (disabled || exporter === 'none') return undefined;
  return tracesEndpoint ?? (endpoint === undefined ? undefined : `${endpoint.replace(/\/$/, '')}/v1/traces`);
}

/** The settings as `gatehouse settings` shows them. */
export function shownTracing(tracing: TracingSettings): Readonly<Record<string, string | undefined>> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: tracing.endpoint,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracing.tracesEndpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_HEADERS: Object.keys(tracing.headers)
      .map((name) => `${name}=********`)
      .join(','),
    OTEL_EXPORTER_OTLP_TIMEOUT: String(tracing.timeoutMilliseconds),
    OTEL_SERVICE_NAME: tracing.serviceName,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(tracing.resource)
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
    OTEL_TRACES_SAMPLER: tracing.sampler,
    OTEL_TRACES_SAMPLER_ARG: String(tracing.ratio),
    OTEL_TRACES_EXPORTER: tracing.exporter,
    OTEL_SDK_DISABLED: String(tracing.disabled),
  };
}
