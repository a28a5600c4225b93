import { Injectable } from '@nestjs/common';
import type { SignInProgress } from '../sign-in-steps/sign-in-progress.js';
import type { SignInOccasion, SignInStep } from '../sign-in-steps/sign-in-step.js';
import { SecondFactorNeeds } from './second-factor-needs.service.js';

/** The step in which somebody gets a second factor who needs one and has none. */
@Injectable()
export class EnrolFactorStep implements SignInStep {
  readonly name = 'enrol_factor';
  readonly path = '/second-factor/enrol';
  readonly needsFreshSignIn = true;

  constructor(private readonly needs: SecondFactorNeeds) {}

  async isDue(progress: SignInProgress, occasion: SignInOccasion): Promise<boolean> {
    return (await this.needs.of(progress, occasion)).need === 'enrol';
  }
}
