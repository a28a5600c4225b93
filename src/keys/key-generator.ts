import { generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { SigningAlgorithm } from './signing-algorithm.js';

/** The two halves of a new key. */
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Makes key pairs; tests may hand out ready ones, as RSA keys take their time. */
export abstract class KeyGenerator {
  abstract generate(algorithm: SigningAlgorithm): Promise<KeyPair>;
}

const generate = promisify(generateKeyPair);
const RSA_BITS = 2048;

/** Makes real keys in the thread pool, so that nobody waits for a prime. */
@Injectable()
export class SystemKeyGenerator extends KeyGenerator {
  generate(algorithm: SigningAlgorithm): Promise<KeyPair> {
    switch (algorithm) {
      case 'RS256':
      case 'PS256':
        return generate('rsa', { modulusLength: RSA_BITS });
      case 'ES256':
        return generate('ec', { namedCurve: 'P-256' });
      case 'EdDSA':
        return generate('ed25519', {});
    }
  }
}
