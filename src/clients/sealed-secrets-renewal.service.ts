import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SealedClientSecretsRepository } from './sealed-client-secrets.repository.js';

/** Seals the secrets that sign anew when the first of SECRET_KEYS has changed, so that the old key may leave the list. */
@Injectable()
export class SealedSecretsRenewal implements OnModuleInit {
  readonly #logger = new Logger('clients');

  constructor(private readonly sealed: SealedClientSecretsRepository) {}

  /** At start, as the list cannot change later; what an old key is missing for is reported, and stays for whoever finds it. */
  async onModuleInit(): Promise<void> {
    const lost = await this.sealed.renew();
    if (lost > 0) this.#logger.warn(`${lost} client secrets that sign cannot be opened with SECRET_KEYS any more`);
  }
}
