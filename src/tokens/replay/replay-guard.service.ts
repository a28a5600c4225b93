import { Injectable } from '@nestjs/common';
import { sha256 } from '#platform/crypto/index.js';
import { UsedJtisRepository } from './used-jtis.repository.js';

/** Lets each `jti` of a sender through once (RFC 7523 §3). */
@Injectable()
export class ReplayGuard {
  constructor(private readonly used: UsedJtisRepository) {}

  /** True for the first caller with this sender and `jti`, whatever the number of parallel callers. */
  firstUse(sender: string, jti: string, expiresAt: Date): Promise<boolean> {
    return this.used.add(sha256(`${sender} ${jti}`), expiresAt);
  }
}
