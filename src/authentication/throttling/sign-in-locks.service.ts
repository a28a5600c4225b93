import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { typedName, type User } from '#users/index.js';
import { Throttle } from './throttle.js';
import { ACCOUNT_POLICY, FACTOR_POLICY } from './throttle-policy.js';
import { ThrottlesRepository } from './throttles.repository.js';

/** Tells whether failures have closed an account, and lets its user try again at once. */
@Injectable()
export class SignInLocks {
  readonly #account: Throttle;
  readonly #factor: Throttle;

  constructor(throttles: ThrottlesRepository, clock: Clock) {
    this.#account = new Throttle(ACCOUNT_POLICY, throttles, clock);
    this.#factor = new Throttle(FACTOR_POLICY, throttles, clock);
  }

  /** How many failures count for the name that has the most of them, and whether sign-ins wait for it. */
  async find(user: User): Promise<{ readonly failures: number; readonly locked: boolean }> {
    const counts = await Promise.all(namesOf(user).map((name) => this.#account.get(name)));
    const failures = Math.max(0, ...counts.map((count) => count?.consumedPoints ?? 0));
    return { failures, locked: failures >= ACCOUNT_POLICY.failures };
  }

  /** Forgets the failures for all names that mean the user, and for their second factors. */
  async unlock(user: User): Promise<void> {
    for (const name of namesOf(user)) await this.#account.delete(name);
    await this.#factor.delete(user.id);
  }
}

function namesOf({ username, claims: { email } }: User): string[] {
  return [username, email].flatMap((name) => (name === undefined ? [] : (typedName(name) ?? [])));
}
