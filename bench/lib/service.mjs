import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memory } from './processes.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts the built service as an operator would; `startMilliseconds` is until /health/ready says yes. */
export function startGatehouse({ folder, databaseUrl, seedFile, workers = 1, env = {} }) {
  return start({
    script: join(root, 'bin/gatehouse-server.cjs'),
    log: join(folder, 'gatehouse.log'),
    env: {
      NODE_ENV: 'production',
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      WORKERS: String(workers),
      ...(seedFile === undefined ? {} : { SEED_FILE: seedFile }),
      ...env,
    },
  });
}

/** Starts one of the services that Gatehouse is compared with, with as many users. */
export function startPeer(name, { folder, databaseUrl, users }) {
  const database = new URL(databaseUrl);
  database.protocol = 'mysql:';
  return start({
    script: join(root, `bench/peers/${name}.mjs`),
    log: join(folder, `${name}.log`),
    // The thread pool of Gatehouse is as large
    env: {
      NODE_ENV: 'production',
      DATABASE_URL: database.href,
      USERS: String(users),
      UV_THREADPOOL_SIZE: String(availableParallelism() + 4),
    },
  });
}

async function start({ script, log, env }) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const file = openSync(log, 'a');
  const started = performance.now();
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: String(port), ISSUER: issuer, ...env },
    stdio: ['ignore', file, file],
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
