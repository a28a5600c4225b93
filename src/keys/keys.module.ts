import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { ClientEncrypter } from './client-encrypter.js';
import { ClientKeys } from './client-keys.service.js';
import { ClientTokenVerifier } from './client-token.verifier.js';
import { ForeignTokenVerifier } from './foreign-token.verifier.js';
import { FormerKeysRepository } from './former-keys.repository.js';
import { JwtSigner } from './jwt-signer.js';
import { KeyCache } from './key-cache.service.js';
import { KeyChanges } from './key-changes.service.js';
import { KeyGenerator, SystemKeyGenerator } from './key-generator.js';
import { KeyRing } from './key-ring.service.js';
import { KeyRotationJob } from './key-rotation.job.js';
import { LastingSignatures } from './lasting-signatures.service.js';
import { OwnTokenVerifier } from './own-token.verifier.js';
import { PublishedKeys } from './published-keys.service.js';
import { SharedSecretVerifier } from './shared-secret.verifier.js';
import { SigningKeysRepository } from './signing-keys.repository.js';
import { SubjectKeyRepository } from './subject-key.repository.js';
import { SubjectKey } from './subject-key.service.js';
import { TokenDecrypter } from './token-decrypter.js';

/** The issuer's own keys, what is signed with them, and checking what others signed. */
@Module({
  imports: [JwtModule.register({})],
  providers: [
    SigningKeysRepository,
    { provide: KeyGenerator, useClass: SystemKeyGenerator },
    KeyCache,
    KeyChanges,
    KeyRing,
    KeyRotationJob,
    JwtSigner,
    FormerKeysRepository,
    LastingSignatures,
    OwnTokenVerifier,
    ForeignTokenVerifier,
    PublishedKeys,
    ClientKeys,
    ClientTokenVerifier,
    ClientEncrypter,
    SharedSecretVerifier,
    SubjectKeyRepository,
    SubjectKey,
    TokenDecrypter,
  ],
  exports: [
    LastingSignatures,
    KeyRing,
    JwtSigner,
    OwnTokenVerifier,
    ForeignTokenVerifier,
    ClientKeys,
    ClientTokenVerifier,
    ClientEncrypter,
    SharedSecretVerifier,
    SubjectKey,
    TokenDecrypter,
  ],
})
export class KeysModule {}
