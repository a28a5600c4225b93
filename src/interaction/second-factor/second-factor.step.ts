import { Injectable } from '@nestjs/common';
import type { SignInProgress } from '../sign-in-steps/sign-in-progress.js';
import type { SignInOccasion, SignInStep } from '../sign-in-steps/sign-in-step.js';
import { SecondFactorNeeds } from './second-factor-needs.service.js';

/** The step in which a second factor is proven. */
@Injectable()
export class SecondFactorStep implements SignInStep {
  readonly name = 'second_factor';
  readonly path = '/second-factor';

  constructor(private readonly needs: SecondFactorNeeds) {}

  settle(progress: SignInProgress, occasion: SignInOccasion): Promise<SignInProgress> {
    return this.needs.recall(progress, occasion);
  }

  async isDue(progress: SignInProgress, occasion: SignInOccasion): Promise<boolean> {
    return (await this.needs.of(progress, occasion)).need === 'prove';
  }
}
