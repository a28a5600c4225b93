import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { PasswordSettings } from '#platform/config/index.js';
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

  /** Whether it made this hash, at whatever cost. */
  abstract owns(stored: string): boolean;

  abstract verify(stored: string, password: string): Promise<PasswordVerification>;

  /** Spends the work of one comparison, so that an unknown user takes as long as a wrong password. */
  abstract verifyDummy(password: string): Promise<void>;
}

const KNOWN_PREFIX = '$argon2id$';

/** The end of a well-formed hash of nothing anybody can type: its salt and its digest are zeros. */
const DUMMY_REST = `${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Argon2id (RFC 9106 §3.1), by default with 19 MiB and two passes, off the event loop, two at once. */
@Injectable()
export class Argon2PasswordHasher extends PasswordHasher {
  readonly #work: BoundedWork;
  readonly #cost: { readonly memoryCost: number; readonly timeCost: number; readonly parallelism: number };
  /** How hashes begin that were made at today's cost. */
  readonly #currentPrefix: string;

  constructor(queues: WorkQueues, { hashMemoryKib, hashPasses }: PasswordSettings) {
    super();
    this.#cost = { memoryCost: hashMemoryKib, timeCost: hashPasses, parallelism: 1 };
    this.#currentPrefix = `${KNOWN_PREFIX}v=19$m=${hashMemoryKib},t=${hashPasses},p=1$`;
    this.#work = queues.open('password-hash', {
      what: 'the password hash',
      parallel: 2,
      waiting: 128,
      retryAfterSeconds: 2,
    });
  }

  hash(password: string): Promise<string> {
    return this.#work.run(() => hash(password, this.#cost));
  }

  owns(stored: string): boolean {
    return stored.startsWith(KNOWN_PREFIX);
  }

  async verify(stored: string, password: string): Promise<PasswordVerification> {
    const valid = await this.#work.run(() => verify(stored, password));
    return { valid, outdated: valid && !stored.startsWith(this.#currentPrefix) };
  }

  async verifyDummy(password: string): Promise<void> {
    await this.#work.run(() => verify(this.#currentPrefix + DUMMY_REST, password));
  }
}
