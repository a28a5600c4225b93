import { generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { KeyAlgorithm } from './key-algorithm.js';

/** The two halves of a new key. */
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Makes key pairs; tests may hand out ready ones, as RSA keys take their time. */
export abstract class KeyGenerator {
  abstract generate(algorithm: KeyAlgorithm): Promise<KeyPair>;
}

const generate = promisify(generateKeyPair);
const RSA_BITS = 2048;

/** Makes real keys in the thread pool, so that nobody waits for a prime. */
@Injectable()
export class SystemKeyGenerator extends KeyGenerator {
  generate(algorithm: KeyAlgorithm): Promise<KeyPair> {
    switch (algorithm) {
      case 'RS256':
      case 'PS256':
      case 'RSA-OAEP-256':
        return generate('rsa', { modulusLength: RSA_BITS });
      case 'ES256':
      case 'ECDH-ES':
      case 'ECDH-ES+A128KW':
      case 'ECDH-ES+A192KW':
      case 'ECDH-ES+A256KW':
        return generate('ec', { namedCurve: 'P-256' });
      case 'EdDSA':
        return generate('ed25519', {});
    }
  }
}
