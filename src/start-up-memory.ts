import { setFlagsFromString } from 'node:v8';

/** Lets V8's space of new objects grow as requests need it: `bin/gatehouse-server.cjs` held it while modules were read. */
export function releaseYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
