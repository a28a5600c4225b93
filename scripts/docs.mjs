// Writes the documents that are made from the code; `npm run check` fails when they are not what is committed.
import { spawnSync } from 'node:child_process';

const GENERATORS = ['configuration-docs.mjs', 'events-docs.mjs', 'openapi-docs.mjs', 'standards-docs.mjs'];

for (const generator of GENERATORS) {
  const { status } = spawnSync(process.execPath, [new URL(generator, import.meta.url).pathname], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
