import { Global, Module } from '@nestjs/common';
import { WorkQueues } from './bounded-work.js';
import { Clock, SystemClock } from './clock.js';
import { ForeignHashes } from './foreign-hashes/foreign-hashes.js';
import { Argon2PasswordHasher, PasswordHasher } from './password-hasher.js';
import { Random, SystemRandom } from './random.js';
import { HolderBox } from './holder-box.js';
import { SecretBox } from './secret-box.js';
import { SecretKeys } from './secret-keys.js';

/** Time, randomness and the primitives everything else is built from. */
@Global()
@Module({
  providers: [
    WorkQueues,
    { provide: Clock, useClass: SystemClock },
    { provide: Random, useClass: SystemRandom },
    { provide: PasswordHasher, useClass: Argon2PasswordHasher },
    ForeignHashes,
    SecretKeys,
    SecretBox,
    HolderBox,
  ],
  exports: [WorkQueues, Clock, Random, PasswordHasher, ForeignHashes, SecretKeys, SecretBox, HolderBox],
})
export class CryptoModule {}
