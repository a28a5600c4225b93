'use strict';

// Builds when the build is missing or older than the source. CommonJS, because what comes after it may be: see
// bin/gatehouse-server.cjs.
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, readdirSync, rmSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const built = join(root, 'dist', 'run', 'main.js');
const builder = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
const lock = join(root, 'node_modules', '.gatehouse-build');
// Packages are part of the build, and so is how they are joined.
const sources = [
  ...['src', 'ormconfig.ts', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'],
  ...['package.json', 'package-lock.json', 'scripts/bundle.mjs'],
];
const LONGEST_BUILD_MS = 120_000;

function newest(path) {
  if (!existsSync(path)) return 0;
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

function isStale() {
  if (!existsSync(built)) return true;
  const changed = Math.max(...sources.map((name) => newest(join(root, name))));
  return existsSync(builder) && changed > statSync(built).mtimeMs;
}

function lockIsTaken() {
  try {
    mkdirSync(lock);
    return false;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return true;
  }
}

// Two commands at once must not build into the same folder; a lock that a killed build left behind is broken.
function waitForTurn() {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  while (lockIsTaken()) {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LONGEST_BUILD_MS) rmSync(lock, { recursive: true, force: true });
    else Atomics.wait(sleeper, 0, 0, 200);
  }
}

if (isStale()) {
  waitForTurn();
  let status = 0;
  try {
    if (isStale()) {
      process.stderr.write('Building …\n');
      const scripts = ['bundle.mjs', 'openapi-document.mjs'].map((name) => [join(root, 'scripts', name)]);
      const steps = [[builder, 'build'], ...scripts];
      for (const step of steps) {
        if (status === 0) ({ status } = spawnSync(process.execPath, step, { cwd: root, stdio: ['ignore', 2, 2] }));
      }
    }
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  if (status !== 0) process.exit(status ?? 1);
}
