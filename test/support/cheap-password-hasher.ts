import { createHash } from 'node:crypto';
import { PasswordHasher, type PasswordVerification } from '#platform/crypto/index.js';

const PREFIX = 'cheap$';

/** Hashes in no time, so that tests about other things do not wait; never secure. */
export class CheapPasswordHasher extends PasswordHasher {
  hash(password: string): Promise<string> {
    return Promise.resolve(PREFIX + createHash('sha256').update(password).digest('base64url'));
  }

  owns(stored: string): boolean {
    return stored.startsWith(PREFIX);
  }

  async verify(stored: string, password: string): Promise<PasswordVerification> {
    return { valid: stored === (await this.hash(password)), outdated: false };
  }

  verifyDummy(): Promise<void> {
    return Promise.resolve();
  }
}
