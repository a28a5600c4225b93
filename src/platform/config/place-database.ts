import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Maxmind from 'maxmind';

const require = createRequire(import.meta.url);

/** Opens a file in the MaxMind DB format; only a process that has one loads what reads it. */
export function openPlaceDatabase<T extends Maxmind.Response>(file: string): Maxmind.Reader<T> {
  const maxmind = require('maxmind') as typeof Maxmind;
  return new maxmind.Reader<T>(readFileSync(file));
}
