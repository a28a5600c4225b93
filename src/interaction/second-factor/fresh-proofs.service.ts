import { Injectable } from '@nestjs/common';
import { fulfils, isFresh } from '#authentication/index.js';
import { Clock } from '#platform/crypto/index.js';
import type { Session } from '#sessions/index.js';
import type { User } from '#users/index.js';
import { SecondFactorPolicies } from './second-factor-policies.service.js';

/** Knows whether somebody has just proven who they are, by all that is asked of them now: a rule may be younger than the session. */
@Injectable()
export class FreshProofs {
  constructor(
    private readonly policies: SecondFactorPolicies,
    private readonly clock: Clock,
  ) {}

  async isFresh(session: Session, user: User): Promise<boolean> {
    return isFresh(session, this.clock.now()) && fulfils(session, await this.policies.holdingFor(user));
  }
}
