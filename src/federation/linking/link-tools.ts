import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';

/** Time and chance, for what is kept for a while. */
@Injectable()
export class LinkTools {
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  newId(): string {
    return this.random.id();
  }
}
