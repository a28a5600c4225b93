import { CommonPasswords } from './common-passwords.js';
import { ForeignHashKeysRepository } from './foreign-hash-keys.repository.js';
import { LeakedPasswords } from './leaked-passwords.service.js';
import { PasswordHashes } from './password-hashes.service.js';
import { PasswordRules } from './password-rules.service.js';
import { PasswordAuthenticator } from './password.authenticator.js';
import { PasswordsRepository } from './passwords.repository.js';
import { PasswordsService } from './passwords.service.js';

/** What other modules use of passwords. */
export const PASSWORD_SERVICES = [PasswordsService, PasswordAuthenticator] as const;

/** Everything that passwords are made of. */
export const PASSWORD_PROVIDERS = [
  PasswordsRepository,
  ForeignHashKeysRepository,
  CommonPasswords,
  LeakedPasswords,
  PasswordHashes,
  PasswordRules,
  ...PASSWORD_SERVICES,
] as const;
