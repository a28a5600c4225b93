import cluster from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { environmentVariables, type Settings } from '#platform/config/index.js';
import { Gatherings, JobsService } from '#platform/jobs/index.js';
import { createLog, type Log, MetricsListener, Readiness, StartUpNotes } from '#platform/observability/index.js';
import { AppModule } from './app.module.js';
import { type Gatehouse, setUpService } from './app.setup.js';
import { loadExtensions } from './load-extensions.js';
import { releaseYoungGeneration } from './start-up-memory.js';

/** How long what was begun is waited for; with the longest drain it is less than whoever runs the service waits. */
export const LONGEST_FINISH_SECONDS = 15;

/** Runs the service in this process until it is told to stop. */
export async function serve(settings: Settings): Promise<void> {
  const log = await createLog(settings.log);
  warnOfReserved(settings, log);
  const extensions = await loadExtensions(settings.server);
  const gatehouse = await setUpService({ module: AppModule.forRoot(settings, extensions), settings, log });
  const { app } = gatehouse;
  await app.listen(settings.server.port, settings.server.host);
  await app.get(MetricsListener).start();
  app.get(JobsService, { strict: false }).start();
  app.get(Gatherings, { strict: false }).start();
  releaseYoungGeneration();
  stopOnSignal(gatehouse, settings.server, log);
  outliveHangUp(settings, log);
  // Of several processes the first one speaks for all.
  if (cluster.isPrimary || cluster.worker?.id === 1) await announce(app, settings);
}

function warnOfReserved({ given }: Settings, log: Log): void {
  for (const { name, reserved } of environmentVariables()) {
    if (reserved === true && given.has(name)) log.warn(`${name} is set, but nothing in this version reads it.`);
  }
}

function stopOnSignal(gatehouse: Gatehouse, { drainSeconds }: Settings['server'], log: Log): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // One Ctrl-C comes twice under npm: from the terminal and from npm itself.
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    // Whoever presses Ctrl-C has no load balancer.
    leave(gatehouse, signal === 'SIGTERM' ? drainSeconds : 0).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** First nobody is sent here any more, while whoever comes is served; then the port is closed, and what runs is finished. */
async function leave({ app, endConnections }: Gatehouse, drainSeconds: number): Promise<void> {
  app.get(Readiness).drain();
  endConnections();
  await pause(drainSeconds * 1000);
  AbortSignal.timeout(LONGEST_FINISH_SECONDS * 1000).addEventListener('abort', () => process.exit(1));
  await app.close();
}

/** What rotates files says so by this signal, which would end the process; the file is opened anew each time anyway. */
function outliveHangUp({ auditStream }: Settings, log: Log): void {
  if (auditStream.file === undefined) return;
  process.on('SIGHUP', () => {
    log.info({ file: auditStream.file }, 'the audit file is opened anew');
  });
}

async function announce(app: NestFastifyApplication, { issuer, log }: Settings): Promise<void> {
  const lines = [
    `Gatehouse is ready at ${issuer.issuer}`,
    `Discovery: ${issuer.url('/.well-known/openid-configuration')}`,
    `Documentation: README.md and docs/; the administration API at ${issuer.url('/api/docs')}`,
    ...(await app.get(StartUpNotes).lines()),
  ];
  // The console, not the log: these lines come whatever the log level is, and a set-up link is for this one reader.
  const shown = log.format === 'json' ? lines.map((message) => JSON.stringify({ level: 'info', msg: message })) : lines;
  process.stdout.write(`${shown.join('\n')}\n`);
}
