// Everything that must hold before a change lands, one step after the other; stops at the first that fails.
import { spawnSync } from 'node:child_process';

const STEPS = [
  ['npm', 'run', 'format:check'],
  ['npm', 'run', 'typecheck'],
  ['npm', 'run', 'lint'],
  ['npm', 'run', 'build'],
  ['npm', 'run', 'arch'],
  ['npm', 'run', 'unused'],
  ['npm', 'run', 'docs'],
  ['git', 'diff', '--exit-code', '--', 'docs', '.env.example'],
  ['npx', 'vitest', 'run'],
];

for (const [command, ...words] of STEPS) {
  const started = performance.now();
  const { status } = spawnSync(command, words, { stdio: 'inherit' });
  process.stdout.write(`${[command, ...words].join(' ')}: ${Math.round((performance.now() - started) / 1000)} s\n`);
  if (status !== 0) process.exit(status ?? 1);
}
