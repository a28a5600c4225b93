import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { GivenSecret } from './declared-kind.js';

/** The reference that an export writes: the record keeps the secret that it has. */
export const KEPT = 'kept';

const LONGEST = 4096;
const VARIABLE = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;
const FILE = /^file:(.+)$/s;

/** Where secrets can be: the variables of the process, and files seen from the folder of the declarations. */
export interface SecretPlaces {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** What a reference leads to: a secret, the one that is there already, or the reason why nothing. */
export type ResolvedReference = GivenSecret | typeof KEPT | { readonly fault: string };

/** Follows a reference; what is wrong with it never says what was found. */
export async function resolveSecret(reference: string, places: SecretPlaces): Promise<ResolvedReference> {
  if (reference === KEPT) return KEPT;
  const [, variable] = VARIABLE.exec(reference) ?? [];
  if (variable !== undefined) return given(places.variables[variable], reference, `${variable} is not set`);
  const [, file] = FILE.exec(reference) ?? [];
  if (file === undefined) return { fault: 'must be env:NAME, file:path or kept' };
  return given(await textOf(resolve(places.folder, file)), reference, 'the file cannot be read, or is too long');
}

function given(value: string | undefined, from: string, fault: string): ResolvedReference {
  const secret = value?.replace(/\r?\n$/, '') ?? '';
  return secret === '' ? { fault: value === undefined ? fault : 'is empty' } : { value: secret, from };
}

/** At most one byte more than is allowed is read, whatever the file turns out to be. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      if (!(await handle.stat()).isFile()) return undefined;
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(LONGEST + 1), 0, LONGEST + 1, 0);
      return bytesRead > LONGEST ? undefined : buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}
