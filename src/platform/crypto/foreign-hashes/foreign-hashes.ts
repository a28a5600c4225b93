import { Injectable, Logger } from '@nestjs/common';
import { type BoundedWork, Overloaded, WorkQueues } from '../bounded-work.js';
import type { ForeignHash, ForeignReading } from './foreign-hash.js';
import { readForeignHash } from './read-foreign-hash.js';

/** Compares passwords with hashes that other systems made: one at a time, within limits, never on the main thread for long. */
@Injectable()
export class ForeignHashes {
  readonly #logger = new Logger('passwords');
  readonly #work: BoundedWork;

  constructor(queues: WorkQueues) {
    this.#work = queues.open('foreign-password-hash', {
      what: 'the password hash of another system',
      parallel: 1,
      waiting: 64,
      retryAfterSeconds: 5,
    });
  }

  /** Reads a hash that is brought in, or was. */
  read(text: string): ForeignReading {
    return readForeignHash(text);
  }

  /** Whether one of the ways in which the password can be written is the one that was hashed. */
  async verify(hash: ForeignHash, passwords: readonly string[], secret?: Buffer): Promise<boolean> {
    for (const password of new Set(passwords)) {
      if (await this.#verifyOne(hash, password, secret)) return true;
    }
    return false;
  }

  async #verifyOne(hash: ForeignHash, password: string, secret: Buffer | undefined): Promise<boolean> {
    try {
      return await this.#work.run(() => hash.verify(password, secret));
    } catch (error) {
      if (error instanceof Overloaded) throw error;
      this.#logger.error({ err: error }, 'a password hash of another system cannot be compared');
      return false;
    }
  }
}
