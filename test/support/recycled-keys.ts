import type { KeyAlgorithm } from '#keys/index.js';
import { KeyGenerator } from '#keys/index.js';
import type { KeyPair } from '#keys/index.js';
import { generateKeyPairSync } from 'node:crypto';

const rsaPairs: KeyPair[] = [];

/** Real keys, but RSA pairs are made once for all tests; each generator hands each pair out once. */
export class RecycledKeys extends KeyGenerator {
  private used = 0;

  generate(algorithm: KeyAlgorithm): Promise<KeyPair> {
    if (algorithm === 'ES256' || algorithm.startsWith('ECDH-ES')) return Promise.resolve(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    if (algorithm === 'EdDSA') return Promise.resolve(generateKeyPairSync('ed25519'));
    const pair = rsaPairs[this.used] ?? generateKeyPairSync('rsa', { modulusLength: 2048 });
    rsaPairs[this.used] = pair;
    this.used += 1;
    return Promise.resolve(pair);
  }
}
