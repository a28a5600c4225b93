import type { FactoryProvider } from '@nestjs/common';
import { AcceptTermsStep, ChangePasswordStep, VerifyEmailStep } from '../required-actions/required-action.steps.js';
import { EnrolFactorStep } from '../second-factor/enrol-factor.step.js';
import { SecondFactorStep } from '../second-factor/second-factor.step.js';
import { LinkAccountStep } from '../upstream/link-account.step.js';
import { SIGN_IN_STEPS, type SignInStep } from './sign-in-step.js';

/** Every step that a sign-in can need, in the order in which they are gone through: who somebody is comes first. */
export const signInSteps: FactoryProvider<readonly SignInStep[]> = {
  provide: SIGN_IN_STEPS,
  inject: [SecondFactorStep, EnrolFactorStep, LinkAccountStep, ChangePasswordStep, VerifyEmailStep, AcceptTermsStep],
  useFactory: (...steps: readonly SignInStep[]) => steps,
};
