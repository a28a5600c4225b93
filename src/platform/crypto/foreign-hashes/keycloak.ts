import { argon2 } from './argon2.js';
import { base64, bytesOf } from './base64.js';
import { type ForeignReading, refused } from './foreign-hash.js';
import { pbkdf2 } from './pbkdf2.js';
import { MALFORMED } from './work-limits.js';

const DIGESTS: Readonly<Record<string, string>> = {
  pbkdf2: '',
  'pbkdf2-sha256': '-sha256',
  'pbkdf2-sha512': '-sha512',
};

type Json = Readonly<Record<string, unknown>>;

/** A password credential of a Keycloak export: the JSON text of an object with `credentialData` and `secretData`. */
export function keycloak(text: string): ForeignReading | undefined {
  if (!text.startsWith('{')) return undefined;
  const credential = jsonOf(text);
  const [data, secret] = [jsonOf(credential?.['credentialData']), jsonOf(credential?.['secretData'])];
  if (data === undefined || secret === undefined) return refused('is no Keycloak credential');
  const [salt, key] = [bytesIn(secret, 'salt'), bytesIn(secret, 'value')];
  if (salt === undefined || key === undefined) return refused(MALFORMED);
  return rewritten(data, `$${base64(salt)}$${base64(key)}`);
}

/** The same in a form that has been read for long. */
function rewritten(data: Json, saltAndKey: string): ForeignReading {
  const { algorithm, hashIterations: iterations } = data;
  if (typeof algorithm !== 'string' || !Number.isSafeInteger(iterations)) return refused(MALFORMED);
  if (algorithm === 'argon2') return argon2(argon2Head(data) + saltAndKey) ?? refused(MALFORMED);
  const digest = DIGESTS[algorithm];
  if (digest === undefined) return refused('was made by an algorithm that is not known here');
  return pbkdf2(`$pbkdf2${digest}$${String(iterations)}${saltAndKey}`) ?? refused(MALFORMED);
}

function argon2Head({ hashIterations, additionalParameters }: Json): string {
  const parameters = (additionalParameters ?? {}) as Readonly<Record<string, readonly unknown[] | undefined>>;
  const first = (name: string): string => String(parameters[name]?.[0]);
  const version = first('version') === '1.0' ? 16 : 19;
  return `$argon2${first('type')}$v=${version}$m=${first('memory')},t=${String(hashIterations)},p=${first('parallelism')}`;
}

function bytesIn(object: Json, name: string): Buffer | undefined {
  const value = object[name];
  return typeof value === 'string' ? bytesOf(value) : undefined;
}

/** An object, as it is or written down as a text. */
function jsonOf(value: unknown): Json | undefined {
  if (typeof value !== 'string') return isObject(value) ? value : undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
