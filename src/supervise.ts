import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from '#platform/config/index.js';
import { createLog, type Log, serveClusterMetrics } from '#platform/observability/index.js';

const RESTART_AFTER_MILLISECONDS = 1000;

/** Runs the service in several processes on one port: the first migrates, then come the others. */
export async function supervise(settings: Settings): Promise<void> {
  const log = await createLog(settings.log);
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    stopping.abort();
    for (const worker of workers()) worker.process.kill(signal);
    leaveWithTheLast();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A sign for what rotates the audit file, which is opened anew each time anyway.
  if (settings.auditStream.file !== undefined) process.on('SIGHUP', () => undefined);
  await firstListens();
  cluster.on('exit', (worker, code) => {
    if (stopping.signal.aborted) leaveWithTheLast();
    else void replace(worker, code, log, stopping.signal);
  });
  if (!stopping.signal.aborted) for (let count = 1; count < settings.server.workers; count++) cluster.fork();
  await serveClusterMetrics(settings.server);
}

/** Whoever runs the service waits for this process, which waits for the others; each of them has a deadline. */
function leaveWithTheLast(): void {
  if (workers().length === 0) process.exit(0);
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

// When the first process cannot start, none can: its exit code is ours.
async function firstListens(): Promise<void> {
  const first = cluster.fork();
  const given = new AbortController();
  await Promise.race([
    once(first, 'listening', { signal: given.signal }),
    once(first, 'exit', { signal: given.signal }).then(([code]) => process.exit(typeof code === 'number' ? code : 1)),
  ]);
  given.abort();
}

async function replace(worker: Worker, code: number, log: Log, stopping: AbortSignal): Promise<void> {
  log.error({ process: worker.process.pid, code }, 'a process of the service ended; another takes its place');
  await pause(RESTART_AFTER_MILLISECONDS);
  if (!stopping.aborted) cluster.fork();
}
