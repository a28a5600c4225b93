import { describe, expect, it } from 'vitest';
import { effectiveSettings } from './effective-settings.js';
import { loadSettings } from './load-settings.js';
import { SettingsError } from './settings-error.js';
import { tracesUrl } from './tracing-settings.js';

const SECRET_KEYS = Buffer.alloc(32, 9).toString('base64url');

function urlOf(env: NodeJS.ProcessEnv): string | undefined {
  return tracesUrl(loadSettings({ SECRET_KEYS, ...env }).tracing);
}

describe('where traces go', () => {
  it.each([
    [{}, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c.example:4318' }, 'http://c.example:4318/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example/otlp/' }, 'https://c.example/otlp/v1/traces'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://t.example/in' },
      'https://t.example/in',
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example', OTEL_SDK_DISABLED: 'true' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example', OTEL_TRACES_EXPORTER: 'none' }, undefined],
  ])('%o: %s', (env, url) => {
    expect(urlOf(env)).toBe(url);
  });

  it('is told by the standard names, and the keys of the receiver are not shown', () => {
    const settings = loadSettings({
      SECRET_KEYS,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=very%20secret, tenant = a=b ,',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=named-here,place=%2Fhall%2F1',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    });
    expect(settings.tracing).toMatchObject({
      headers: { 'api-key': 'very secret', tenant: 'a=b' },
      serviceName: 'named-here',
      resource: { place: '/hall/1' },
      sampler: 'parentbased_traceidratio',
      ratio: 0.25,
      timeoutMilliseconds: 10_000,
    });
    const shown = effectiveSettings(settings).find(({ name }) => name === 'OTEL_EXPORTER_OTLP_HEADERS');
    expect(shown?.value).toBe('api-key=********,tenant=********');
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'c.example:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'grpc://c.example'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key=%E0%A4%A'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s'],
    ['OTEL_RESOURCE_ATTRIBUTES', '=x'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_TRACES_SAMPLER_ARG', '-0.1'],
    ['OTEL_TRACES_EXPORTER', 'jaeger'],
    ['OTEL_SDK_DISABLED', 'yes'],
  ])('is refused at the start: %s=%s', (name, value) => {
    const load = (): unknown => loadSettings({ SECRET_KEYS, [name]: value });
    expect(load).toThrow(SettingsError);
    expect(load).toThrow(name);
  });
});
