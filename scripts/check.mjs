// Everything that must hold before a change lands; the first step that fails ends the others.
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/** Takes as long as all that comes before the tests, and a database server at work leaves it time: so it runs beside both. */
const LINT = ['npm', 'run', 'lint'];

/** What only reads the code, or must be there when the tests run. */
const BEFORE_TESTS = [
  ['npm', 'run', 'format:check'],
  ['npm', 'run', 'typecheck'],
  ['node', 'scripts/build-if-needed.cjs'],
  ['npm', 'run', 'arch'],
  ['npm', 'run', 'unused'],
  ['npm', 'run', 'docs'],
  ['git', 'diff', '--exit-code', '--', 'docs', '.env.example'],
];

/** Which tests is the caller's to narrow: what follows `npm run check --` is for vitest. */
const narrowed = process.argv.slice(2);
const everywhere = ['--project', 'unit', '--project', 'service', '--project', 'system'];
const TESTS = ['npx', 'vitest', 'run', ...(narrowed.length > 0 ? narrowed : everywhere)];

const failed = new AbortController();

function run([command, ...words], { yielding = false } = {}) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: 'inherit', signal: failed.signal });
    child.on('error', reject);
    if (yielding) child.on('spawn', () => setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL));
    child.on('close', (status) => {
      const name = [command, ...words].join(' ');
      process.stdout.write(`${name}: ${Math.round((performance.now() - started) / 1000)} s\n`);
      if (status === 0) resolve();
      else reject(new Error(`${name} failed`));
    });
  });
}

async function inTurn(steps) {
  for (const step of steps) await run(step);
}

try {
  await Promise.all([run(LINT, { yielding: true }), inTurn([...BEFORE_TESTS, TESTS])]);
} catch ({ message }) {
  failed.abort();
  process.stdout.write(`${message}\n`);
  process.exitCode = 1;
}
