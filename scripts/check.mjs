// Everything that must hold before a change lands; stops at the first step that fails.
import { spawn } from 'node:child_process';

/** What only reads the code: two lanes side by side, as one of them takes as long as all others together. */
const LANES = [
  [['npm', 'run', 'lint']],
  [
    ['npm', 'run', 'format:check'],
    ['npm', 'run', 'typecheck'],
    ['node', 'scripts/build-if-needed.cjs'],
    ['npm', 'run', 'arch'],
    ['npm', 'run', 'unused'],
    ['npm', 'run', 'docs'],
    ['git', 'diff', '--exit-code', '--', 'docs', '.env.example'],
  ],
];

/** Which tests is the caller's to narrow: what follows `npm run check --` is for vitest. */
const narrowed = process.argv.slice(2);
const everywhere = ['--project', 'unit', '--project', 'service', '--project', 'system'];
const TESTS = [['npx', 'vitest', 'run', ...(narrowed.length > 0 ? narrowed : everywhere)]];

function run([command, ...words]) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: 'inherit' });
    child.on('error', reject);
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

await Promise.all(LANES.map(inTurn)).catch(stop);
await inTurn(TESTS).catch(stop);

function stop({ message }) {
  process.stdout.write(`${message}\n`);
  process.exit(1);
}
