export { BoundedWork, Overloaded } from './bounded-work.js';
export { Clock, SystemClock } from './clock.js';
export { CryptoModule } from './crypto.module.js';
export { sameText, sha256 } from './digest.js';
export { Argon2PasswordHasher, PasswordHasher } from './password-hasher.js';
export type { PasswordVerification } from './password-hasher.js';
export { Random, SystemRandom } from './random.js';
export { SecretBox, SecretUnreadable } from './secret-box.js';
export { SecretKeys } from './secret-keys.js';
