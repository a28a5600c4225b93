import { Injectable } from '@nestjs/common';
import { IssuerSettings } from '#platform/config/index.js';
import { Random } from '#platform/crypto/index.js';

/** What configuring a provider needs of this service. */
@Injectable()
export class Surroundings {
  constructor(
    private readonly issuer: IssuerSettings,
    private readonly random: Random,
  ) {}

  /** Whether plain http to this very machine will do (RFC 8252 §8.3). */
  get plainLoopback(): boolean {
    return this.issuer.kind === 'development';
  }

  newId(): string {
    return this.random.id();
  }
}
