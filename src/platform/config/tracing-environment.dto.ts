import { IsIn } from 'class-validator';
import { ServiceEnvironment } from './environment.dto.js';
import { read, Readable, type Reading, unreadable, variablesOf } from './environment-variable.decorator.js';
import { readFlag, readNumber, readUrl } from './readers.js';
import { type SamplerName, SAMPLERS, TracingSettings } from './tracing-settings.js';

const Tracing = variablesOf('Traces');

const TIMEOUT_MS = { fallback: 10_000, most: 600_000 };

/** The environment of the service, and the standard names of OpenTelemetry for where its traces go. */
export class TracingEnvironment extends ServiceEnvironment {
  @Tracing('Where traces are sent to: `/v1/traces` below it; nothing is traced without.', 'an https or http URL', {
    example: 'http://127.0.0.1:4318',
  })
  @Readable(readUrl('https', 'http'))
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @Tracing('The same for traces alone, taken as it is.', 'an https or http URL', {
    example: 'https://collector.example.com/v1/traces',
  })
  @Readable(readUrl('https', 'http'))
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string;

  @Tracing('How traces are written.', 'http/protobuf', { fallback: 'http/protobuf' })
  @IsIn(['http/protobuf'], { message: 'is not http/protobuf, the one that is spoken here' })
  OTEL_EXPORTER_OTLP_PROTOCOL?: string;

  @Tracing('Headers that go along, such as a key of the receiver.', 'a comma-separated list of name=value', {
    example: 'api-key=…',
    secret: true,
  })
  @Readable(readPairs)
  OTEL_EXPORTER_OTLP_HEADERS?: string;

  @Tracing('How long one delivery may take, in milliseconds.', `a whole number from 1 to ${TIMEOUT_MS.most}`, {
    fallback: String(TIMEOUT_MS.fallback),
  })
  @Readable(readNumber(1, TIMEOUT_MS.most))
  OTEL_EXPORTER_OTLP_TIMEOUT?: string;

  @Tracing('What this service is called in traces.', 'a name', { fallback: 'gatehouse' })
  OTEL_SERVICE_NAME?: string;

  @Tracing('What else is said of this process in each trace.', 'a comma-separated list of name=value', {
    example: 'deployment.environment.name=production',
  })
  @Readable(readPairs)
  OTEL_RESOURCE_ATTRIBUTES?: string;

  @Tracing(
    'Which requests are traced; `parentbased_…` leaves it to the caller if that one traces.',
    `one of ${SAMPLERS.join(', ')}`,
    { fallback: 'parentbased_always_on', example: 'parentbased_traceidratio' },
  )
  @IsIn(SAMPLERS, { message: `is none of ${SAMPLERS.join(', ')}` })
  OTEL_TRACES_SAMPLER?: SamplerName;

  @Tracing('The part of the requests that a sampler with a ratio traces.', 'a number from 0 to 1', { fallback: '1' })
  @Readable(readRatio)
  OTEL_TRACES_SAMPLER_ARG?: string;

  @Tracing('Whether traces are sent where an endpoint is set.', 'otlp or none', { fallback: 'otlp' })
  @IsIn(['otlp', 'none'], { message: 'is neither otlp nor none' })
  OTEL_TRACES_EXPORTER?: 'otlp' | 'none';

  @Tracing('Switches all of it off.', 'true or false', { fallback: 'false' })
  @Readable(readFlag)
  OTEL_SDK_DISABLED?: string;
}

/** Reads what the environment says about traces; every value was found right before. */
export function tracingOf(environment: TracingEnvironment): TracingSettings {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesEndpoint } = environment;
  const { 'service.name': named, ...resource } = pairsIn(environment.OTEL_RESOURCE_ATTRIBUTES);
  return new TracingSettings({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(tracesEndpoint === undefined ? {} : { tracesEndpoint }),
    exporter: environment.OTEL_TRACES_EXPORTER ?? 'otlp',
    disabled: environment.OTEL_SDK_DISABLED === 'true',
    headers: pairsIn(environment.OTEL_EXPORTER_OTLP_HEADERS),
    timeoutMilliseconds: Number(environment.OTEL_EXPORTER_OTLP_TIMEOUT ?? TIMEOUT_MS.fallback),
    serviceName: environment.OTEL_SERVICE_NAME ?? named ?? 'gatehouse',
    resource,
    sampler: environment.OTEL_TRACES_SAMPLER ?? 'parentbased_always_on',
    ratio: Number(environment.OTEL_TRACES_SAMPLER_ARG ?? '1'),
  });
}

function pairsIn(text: string | undefined): Record<string, string> {
  const reading = readPairs(text ?? '');
  return reading.ok ? reading.value : {};
}

/** Pairs as the standard writes them: values are percent-encoded where they hold a comma or the like. */
function readPairs(text: string): Reading<Record<string, string>> {
  const pairs: Record<string, string> = {};
  for (const pair of text.split(',').filter((part) => part.trim() !== '')) {
    const [, name, encoded] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    const value = encoded === undefined ? undefined : decoded(encoded);
    if (name === undefined || value === undefined) return unreadable('is not a comma-separated list of name=value');
    pairs[name] = value;
  }
  return read(pairs);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function readRatio(text: string): Reading<number> {
  const ratio = /^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  return ratio >= 0 && ratio <= 1 ? read(ratio) : unreadable('is not a number from 0 to 1');
}
