import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { addressBlock } from '#platform/http/index.js';
import { SignInFailures, type RefusedProof } from './sign-in-failures.service.js';
import { UPSTREAM_POLICY } from './throttling/throttle-policy.js';
import { Throttle } from './throttling/throttle.js';
import { ThrottlesRepository } from './throttling/throttles.repository.js';

/** A sign-in through a provider that came to nothing. */
export type RefusedUpstream = Pick<RefusedProof, 'user' | 'reason'> & { readonly address: string };

/** Says that sign-ins through providers failed; they count towards no lock, as nothing can be guessed there. */
@Injectable()
export class UpstreamFailures {
  readonly #told: Throttle;

  constructor(
    private readonly failures: SignInFailures,
    throttles: ThrottlesRepository,
    clock: Clock,
  ) {
    this.#told = new Throttle(UPSTREAM_POLICY, throttles, clock);
  }

  async tell(refused: RefusedUpstream): Promise<void> {
    if ((await this.#told.refusal(addressBlock(refused.address))) !== undefined) return;
    await this.failures.tell(refused, { closed: () => Promise.resolve(undefined) });
  }
}
