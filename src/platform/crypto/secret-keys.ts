import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretSettings } from '#platform/config/index.js';

const DERIVED_BYTES = 32;
const NAME_LENGTH = 8;

/** The installation's secret keys by name, each used only through keys derived for one purpose (RFC 5869 §3.2). */
@Injectable()
export class SecretKeys {
  /** The key that seals and signs from now on. */
  readonly primaryName: string;
  /** Every key that still opens and checks what was made before. */
  readonly names: readonly string[];
  readonly #keys: ReadonlyMap<string, Uint8Array>;
  readonly #derived = new Map<string, Buffer>();

  constructor(settings: SecretSettings) {
    this.#keys = new Map(settings.keys.map((key) => [nameOf(key), key]));
    this.names = [...this.#keys.keys()];
    const [primary] = this.names;
    if (primary === undefined) throw new Error('SECRET_KEYS lists no key');
    this.primaryName = primary;
  }

  /** HMAC-SHA-256 in base64url under the named key; undefined when that key is no longer listed. */
  mac(keyName: string, purpose: string, data: string): string | undefined {
    const key = this.derive(keyName, `mac ${purpose}`);
    return key && createHmac('sha256', key).update(data, 'utf8').digest('base64url');
  }

  /** A 32-byte key for one purpose; purposes are constants of the code, never input. */
  derive(keyName: string, purpose: string): Buffer | undefined {
    const cached = this.#derived.get(`${keyName} ${purpose}`);
    if (cached) return cached;
    const key = this.#keys.get(keyName);
    if (!key) return undefined;
    const derived = Buffer.from(hkdfSync('sha256', key, '', `gatehouse ${purpose}`, DERIVED_BYTES));
    this.#derived.set(`${keyName} ${purpose}`, derived);
    return derived;
  }
}

function nameOf(key: Uint8Array): string {
  return createHash('sha256').update('gatehouse key name ').update(key).digest('base64url').slice(0, NAME_LENGTH);
}
