import { FormerKeyEntity } from './former-key.entity.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import { SubjectKeyEntity } from './subject-key.entity.js';

export { ClientEncrypter } from './client-encrypter.js';
export type { EncryptionOptions } from './client-encrypter.js';
export { ClientKeys } from './client-keys.service.js';
export type { ClientKeyPair } from './client-keys.service.js';
export { ClientTokenVerifier } from './client-token.verifier.js';
export { encryptionKeys } from './encryption-keys.js';
export { ForeignTokenVerifier } from './foreign-token.verifier.js';
export type {
  FailedVerification,
  ForeignTokenRules,
  ForeignTokenVerification,
  VerificationFailure,
} from './foreign-token.verifier.js';
export { JwtSigner } from './jwt-signer.js';
export type { SigningOptions } from './jwt-signer.js';
export type { RotationChoices } from './key-changes.service.js';
export { KEY_ALGORITHMS } from './key-algorithm.js';
export type { KeyAlgorithm, KeyUse } from './key-algorithm.js';
export { KeyGenerator, SystemKeyGenerator } from './key-generator.js';
export type { KeyPair } from './key-generator.js';
export { LastingSignatures, type SignatureDoubt } from './lasting-signatures.service.js';
export { JWKS_MAX_AGE_SECONDS } from './key-lifecycle.js';
export type { KeyStatus } from './key-lifecycle.js';
export { KeyRing } from './key-ring.service.js';
export type { IssuerKeyView, JwkSet } from './key-ring.service.js';
export { KeysModule } from './keys.module.js';
export { isEncrypted } from './jwe-input.js';
export { OwnTokenVerifier } from './own-token.verifier.js';
export type { OwnTokenRules } from './own-token.verifier.js';
export type { PublicJwk } from './public-jwk.js';
export { leftHalfHash } from './left-half-hash.js';
export { decodedClaims, decodedHeader } from './decoded-claims.js';
export { secretOctets, signWithSecret } from './shared-secret.js';
export { parseJsonObject } from './strict-json.js';
export { SharedSecretVerifier } from './shared-secret.verifier.js';
export { SIGNING_ALGORITHMS } from './signing-algorithm.js';
export type { SigningAlgorithm } from './signing-algorithm.js';
export { SubjectKey } from './subject-key.service.js';
export { TokenDecrypter } from './token-decrypter.js';
export type { AcceptedEncryption, Decryption } from './token-decrypter.js';

/** The tables of this module. */
export const KEY_ENTITIES = [SigningKeyEntity, FormerKeyEntity, SubjectKeyEntity] as const;
