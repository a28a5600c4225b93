import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, type Reading, unreadable } from './environment-variable.decorator.js';
import { elements } from './readers.js';

const KEY_BYTES = 32;
const KEY = /^[A-Za-z0-9_-]{43}=?$/;

/** Reads a comma-separated list of base64url keys of 32 bytes. */
export function readSecretKeys(text: string): Reading<Buffer[]> {
  const keys: Buffer[] = [];
  for (const [index, element] of elements(text).entries()) {
    const key = Buffer.from(element, 'base64url');
    if (!KEY.test(element) || key.length !== KEY_BYTES) {
      return unreadable(`key ${index + 1} of the list is not 32 bytes in base64url (43 characters)`);
    }
    if (keys.some((other) => other.equals(key))) return unreadable(`key ${index + 1} of the list repeats another one`);
    keys.push(key);
  }
  return read(keys);
}

/** The keys that a development issuer keeps in its data folder, made at the first start. */
export function keysOfDevelopment(dataDir: string): Reading<Buffer[]> {
  const file = join(dataDir, 'secret-keys');
  try {
    makeOnce(file, dataDir);
    const reading = readSecretKeys(readFileSync(file, 'utf8').trim());
    return reading.ok ? reading : unreadable(`are not set, and the file ${file} is damaged: ${reading.problem}`);
  } catch (error) {
    return unreadable(
      `are not set and cannot be kept in ${file}: ${error instanceof Error ? error.message : 'failed'}`,
    );
  }
}

function makeOnce(file: string, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  const key = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
  writeFileSync(draft, `${key.toString('base64url')}\n`, { mode: 0o600 });
  try {
    // A link appears whole or not at all, and never replaces the keys of a process that was faster.
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
