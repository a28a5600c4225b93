import { Injectable } from '@nestjs/common';
import { ForeignHashes, PasswordHasher, type ForeignHash, type PasswordVerification } from '#platform/crypto/index.js';
import { ForeignHashKeysRepository } from './foreign-hash-keys.repository.js';
import { canonicalPassword } from './password-policy.js';

/** Makes and compares hashes of passwords: our own, and those that other systems made. */
@Injectable()
export class PasswordHashes {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly foreign: ForeignHashes,
    private readonly keys: ForeignHashKeysRepository,
  ) {}

  make(typed: string): Promise<string> {
    return this.hasher.hash(canonicalPassword(typed));
  }

  /** Compares; with no hash to compare with, the same work is done and the answer is no. */
  async compare(stored: string | undefined, typed: string): Promise<PasswordVerification> {
    if (stored !== undefined && this.hasher.owns(stored)) return this.hasher.verify(stored, canonicalPassword(typed));
    // A hash of another system costs this on top, so that its owner is never refused faster than nobody is.
    await this.hasher.verifyDummy(canonicalPassword(typed));
    const valid = stored !== undefined && (await this.matchesForeign(stored, typed));
    return { valid, outdated: valid };
  }

  /** Keeps what a hash that is brought in needs, in the caller's transaction; what is to be stored for the user. */
  async adopt({ stored, secret }: ForeignHash): Promise<string> {
    if (secret !== undefined) await this.keys.keep(secret);
    return stored;
  }

  private async matchesForeign(stored: string, typed: string): Promise<boolean> {
    const reading = this.foreign.read(stored);
    if (reading.outcome === 'refused') return false;
    const { hash } = reading;
    const secret = hash.secret && (await this.keys.find(hash.secret.id));
    // Not every system brings a password into one form first.
    return this.foreign.verify(hash, [canonicalPassword(typed), typed], secret);
  }
}
