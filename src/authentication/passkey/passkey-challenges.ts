import { Injectable } from '@nestjs/common';
import { Clock, Random, sameText, SecretKeys, sha256 } from '#platform/crypto/index.js';
import { UsedPasskeyChallengesRepository } from './used-passkey-challenges.repository.js';

const PURPOSE = 'passkey challenge';
const LIFETIME_MS = 5 * 60_000;
const SHAPE = /^([A-Za-z0-9_-]{1,16})\.([0-9a-z]{1,12})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

/** What became of an answered challenge. */
type ChallengeUse = 'accepted' | 'foreign' | 'expired' | 'used';

/**
 * The challenges that authenticators sign (WebAuthn §13.4.3): random, sealed to whom and what for, five minutes long, taken
 * once. A challenge needs no row until it is answered, so that nobody fills the database by opening the sign-in page.
 */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly keys: SecretKeys,
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly used: UsedPasskeyChallengesRepository,
  ) {}

  /** A challenge for whoever the bindings name. */
  issue(bindings: readonly string[]): string {
    const keyName = this.keys.primaryName;
    const issuedAt = this.clock.now().getTime().toString(36);
    const salt = this.random.secret();
    return `${keyName}.${issuedAt}.${salt}.${this.seal(keyName, issuedAt, salt, bindings) ?? ''}`;
  }

  /** Takes the challenge if it was issued for these very bindings, lately, and nobody took it before. */
  async use(challenge: string, bindings: readonly string[]): Promise<ChallengeUse> {
    const [, keyName = '', issuedAt = '', salt = '', presented = ''] = SHAPE.exec(challenge) ?? [];
    const expected = this.seal(keyName, issuedAt, salt, bindings);
    if (expected === undefined || !sameText(presented, expected)) return 'foreign';
    const expiresAt = new Date(Number.parseInt(issuedAt, 36) + LIFETIME_MS);
    if (expiresAt <= this.clock.now()) return 'expired';
    return (await this.used.add(sha256(challenge), expiresAt)) ? 'accepted' : 'used';
  }

  private seal(keyName: string, issuedAt: string, salt: string, bindings: readonly string[]): string | undefined {
    return this.keys.mac(keyName, PURPOSE, JSON.stringify([issuedAt, salt, ...bindings]));
  }
}
