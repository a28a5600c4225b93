import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { ConsentService } from '#consent/index.js';
import { SecondFactorPolicies, type Answers, type PromptState } from '#interaction/index.js';
import { Clock } from '#platform/crypto/index.js';
import type { Session } from '#sessions/index.js';
import type { User } from '#users/index.js';

/** What is known of the browser's sign-in when a request is decided. */
interface Known {
  readonly session: Session | undefined;
  readonly user: User | undefined;
  readonly answers: Answers;
}

/** Gathers what decides which prompt comes next. */
@Injectable()
export class PromptStates {
  constructor(
    private readonly consents: ConsentService,
    private readonly policies: SecondFactorPolicies,
    private readonly clock: Clock,
  ) {}

  async of(client: Client, { session, user, answers }: Known): Promise<PromptState> {
    const approved = user === undefined ? [] : await this.consents.approved(user.id, client.clientId);
    const secondFactor = user && (await this.policies.holdingFor(user, client));
    return { session, user, answers, approved, secondFactor, now: this.clock.now() };
  }
}
