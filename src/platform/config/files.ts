import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { openPlaceDatabase } from './place-database.js';

const KIB = 1024;
const LARGEST_LOGO = 256 * KIB;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** What is wrong with a file that the environment names; undefined when it can be read. */
export function fileProblem(file: string): string | undefined {
  try {
    if (!statSync(file).isFile()) return 'names something that is not a file';
    readFileSync(file);
    return undefined;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? 'names a file that does not exist' : 'names a file that cannot be read';
  }
}

/** What is wrong with a logo. */
export function logoProblem(file: string): string | undefined {
  return fileProblem(file) ?? (statSync(file).size > LARGEST_LOGO ? 'names a file larger than 256 KiB' : undefined);
}

/** What is wrong with a database of places. */
export function placesProblem(file: string): string | undefined {
  const unreadable = fileProblem(file);
  if (unreadable !== undefined) return unreadable;
  try {
    openPlaceDatabase(file);
    return undefined;
  } catch {
    return 'names a file that is not in the MaxMind DB format';
  }
}

/** What is wrong with a file of trusted certificates. */
export function certificatesProblem(file: string): string | undefined {
  const unreadable = fileProblem(file);
  if (unreadable !== undefined) return unreadable;
  const certificates = readFileSync(file, 'latin1').match(CERTIFICATE) ?? [];
  const sound = certificates.every((certificate) => isAcceptable({ cert: certificate }));
  return certificates.length > 0 && sound ? undefined : 'names a file without valid PEM certificates';
}

/** What is wrong with a certificate and its key; each file is known to be readable. */
export function keyPairProblem(certFile: string, keyFile: string): string | undefined {
  const cert = readFileSync(certFile);
  if (!isAcceptable({ cert })) return 'names a file without a valid PEM certificate';
  return isAcceptable({ cert, key: readFileSync(keyFile) }) ? undefined : 'does not fit the key in TLS_KEY_FILE';
}

function isAcceptable(options: Parameters<typeof createSecureContext>[0]): boolean {
  try {
    createSecureContext(options);
    return true;
  } catch {
    return false;
  }
}
