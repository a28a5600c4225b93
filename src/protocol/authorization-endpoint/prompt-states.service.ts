import { Injectable } from '@nestjs/common';
import { ApprovalsService, SecondFactorPolicies, type Answers, type PromptState } from '#interaction/index.js';
import type { Session } from '#sessions/index.js';
import type { User } from '#users/index.js';
import type { AuthorizationRequest } from './authorization-request.js';

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
    private readonly approvals: ApprovalsService,
    private readonly policies: SecondFactorPolicies,
  ) {}

  async of(request: AuthorizationRequest, { session, user, answers }: Known, now: Date): Promise<PromptState> {
    const approved = user === undefined ? [] : (await this.approvals.of(user.id, request, now)).standing;
    const secondFactor = user && (await this.policies.holdingFor(user, request.client));
    return { session, user, answers, approved, secondFactor, now };
  }
}
