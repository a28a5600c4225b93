import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build, ServedProcess } from '../support/served-process.js';
import { TraceReceiver } from '../support/trace-receiver.js';

/** Says at a signal how many files of the kit of OpenTelemetry the process has loaded. */
const WATCH = `process.on('SIGUSR2', () => {
  const kit = Object.keys(require.cache).filter((file) => /@opentelemetry.(?:sdk|exporter|otlp|resources|core)/.test(file));
  process.stdout.write('files of the kit: ' + (kit.length > 0 ? 'some' : 'none') + '\\n');
});`;

let folder: string;
let receiver: TraceReceiver;

beforeAll(async () => {
  build();
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-traces-'));
  writeFileSync(join(folder, 'watch.cjs'), WATCH);
  receiver = await TraceReceiver.start();
}, 240_000);
afterAll(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function started(name: string, env: NodeJS.ProcessEnv): Promise<ServedProcess> {
  const own = { DATA_DIR: join(folder, name), NODE_OPTIONS: `--require ${join(folder, 'watch.cjs')}` };
  return ServedProcess.start({ env: { ...own, ...env } });
}

async function filesOfTheKit(service: ServedProcess): Promise<string | undefined> {
  service.signal('SIGUSR2');
  const said = /files of the kit: (\w+)/;
  while (!said.test(service.out)) await new Promise((resolve) => setTimeout(resolve, 20));
  return said.exec(service.out)?.[1];
}

it('a process without an endpoint loads nothing of the kit that traces', async () => {
  const service = await started('without', {});
  expect(await filesOfTheKit(service)).toBe('none');
  expect(await service.stop()).toBe(0);
}, 120_000);

it('a process that is told to stop delivers first what it has traced (SIGTERM)', async () => {
  const batches = { OTEL_BSP_SCHEDULE_DELAY: '600000' };
  const service = await started('with', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, ...batches });
  expect(await filesOfTheKit(service)).toBe('some');
  expect((await fetch(service.url('/health/live'))).status).toBe(200);
  expect(receiver.deliveries).toEqual([]);
  expect(await service.stop()).toBe(0);
  expect(receiver.spans).toMatchObject([{ name: 'GET /health/live' }]);
  expect(receiver.resource).toMatchObject({ 'service.name': 'gatehouse' });
}, 120_000);
