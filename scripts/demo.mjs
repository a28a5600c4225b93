// `npm run demo`: the service on a database of its own, with a user, a client and an API, and an application that
// signs in through it, to click through in a browser. Development issuers only.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const UNUSABLE_SETTINGS = 78;
const LONGEST_START_MILLISECONDS = 120_000;
const root = fileURLToPath(new URL('..', import.meta.url));

const { ISSUER = `http://localhost:${process.env.PORT ?? 3000}` } = process.env;
if (!isDevelopment(ISSUER)) {
  console.error(`The demonstration has a well-known password, so it runs on this machine only. ISSUER is ${ISSUER}:`);
  console.error('leave it out, or give one with the host localhost, *.localhost, 127.0.0.1 or [::1].');
  process.exit(UNUSABLE_SETTINGS);
}

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-demo-'));
const running = new Set();
let stopping;
// One Ctrl-C comes twice under npm: from the terminal and from npm itself.
process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

// Whatever database and secrets the shell speaks of belong to another installation.
const { DATABASE_URL, REDIS_URL, SECRET_KEYS, SMTP_URL, WORKERS, ...environment } = process.env;
start('the service', 'scripts/start.cjs', {
  ...environment,
  ISSUER,
  DATA_DIR: folder,
  SEED_FILE: join(root, 'examples/demo/seed.yaml'),
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
});
await untilReady();
start('the demo application', 'examples/relying-party/server.js', { ...environment, ISSUER, PORT: '3001' });
await untilAnswers('http://localhost:3001/');
if (stopping === undefined) announce();

function start(name, script, env) {
  const child = spawn(process.execPath, [join(root, script)], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  running.add(child);
  child.once('exit', (code, signal) => {
    running.delete(child);
    if (stopping === undefined) {
      console.error(`${name} ended (${signal ?? `exit code ${code}`}), so the demonstration ends too.`);
      void stop(code || 1);
    }
  });
}

async function stop(code) {
  if (stopping !== undefined) return;
  stopping = code;
  const ended = [...running].map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(ended);
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

async function untilReady() {
  await untilAnswers(`${ISSUER}/health/ready`);
}

async function untilAnswers(url) {
  const deadline = Date.now() + LONGEST_START_MILLISECONDS;
  while (stopping === undefined) {
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    if (Date.now() > deadline) {
      console.error(`${url} did not answer within ${LONGEST_START_MILLISECONDS / 1000} seconds.`);
      return stop(1);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isDevelopment(issuer) {
  if (!URL.canParse(issuer)) return false;
  const host = new URL(issuer).hostname.toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function announce() {
  console.log(`
The demonstration is ready. Open the application and sign in:

  application     http://localhost:3001
  user            alice
  password        alice-demo-password

What it consists of:

  login service   ${ISSUER}   (discovery: ${ISSUER}/.well-known/openid-configuration)
  own account     ${ISSUER}/account
  client          demo-app / demo-app-secret-for-this-machine-only
  API             http://localhost:3001/api with the scopes notes:read (required) and notes:write (optional)
  source          examples/relying-party (passport-oauth2), examples/demo/seed.yaml

Everything is in ${folder} and is deleted at the end. Stop with Ctrl-C.
`);
}
