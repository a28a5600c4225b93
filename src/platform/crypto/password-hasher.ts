import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { BoundedWork, WorkQueues } from './bounded-work.js';

/** What became of comparing a password with a stored hash. */
export interface PasswordVerification {
  valid: boolean;
  /** Made with other parameters than today's: hash it again while the password is at hand. */
  outdated: boolean;
}

/** Turns passwords into hashes and compares them; tests put a cheap one in its place. */
export abstract class PasswordHasher {
  abstract hash(password: string): Promise<string>;

  abstract verify(stored: string, password: string): Promise<PasswordVerification>;

  /** Spends the work of one comparison, so that an unknown user takes as long as a wrong password. */
  abstract verifyDummy(password: string): Promise<void>;
}

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const CURRENT_PREFIX = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;
const KNOWN_PREFIX = '$argon2id$';

/** A well-formed hash of nothing anybody can type: its salt and its digest are zeros. */
export const DUMMY_HASH = `${CURRENT_PREFIX}${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Argon2id with 19 MiB and two passes (RFC 9106 §3.1), off the event loop, two at once. */
@Injectable()
export class Argon2PasswordHasher extends PasswordHasher {
  readonly #work: BoundedWork;

  constructor(queues: WorkQueues) {
    super();
    this.#work = queues.open('password-hash', {
      what: 'the password hash',
      parallel: 2,
      waiting: 128,
      retryAfterSeconds: 2,
    });
  }

  hash(password: string): Promise<string> {
    return this.#work.run(() => hash(password, COST));
  }

  async verify(stored: string, password: string): Promise<PasswordVerification> {
    if (!stored.startsWith(KNOWN_PREFIX)) {
      await this.verifyDummy(password);
      return { valid: false, outdated: false };
    }
    const valid = await this.#work.run(() => verify(stored, password));
    return { valid, outdated: valid && !stored.startsWith(CURRENT_PREFIX) };
  }

  async verifyDummy(password: string): Promise<void> {
    await this.#work.run(() => verify(DUMMY_HASH, password));
  }
}
