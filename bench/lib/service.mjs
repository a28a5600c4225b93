import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memory } from './processes.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts the built service as an operator would; `startMilliseconds` is until /health/ready says yes. */
export async function startService({ folder, databaseUrl, seedFile, workers = 1 }) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const log = openSync(join(folder, 'service.log'), 'a');
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin/gatehouse-server.cjs')], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: String(port),
      ISSUER: issuer,
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      WORKERS: String(workers),
      ...(seedFile === undefined ? {} : { SEED_FILE: seedFile }),
    },
    stdio: ['ignore', log, log],
  });
  await untilReady(`${issuer}/health/ready`, child);
  const startMilliseconds = performance.now() - started;
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { issuer, pid: child.pid, startMilliseconds, memory: () => memory(child.pid), stop };
}

async function untilReady(url, child) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the service ended with exit code ${child.exitCode}: see its log`);
    const ready = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
