import { AcceptTermsController } from './accept-terms.controller.js';
import { ChangePasswordController } from './change-password.controller.js';
import { DemandedPasswords } from './demanded-passwords.service.js';
import { AcceptTermsStep, ChangePasswordStep, VerifyEmailStep } from './required-action.steps.js';
import { StepPages } from './step-pages.service.js';
import { TermsAcceptances } from './terms-acceptances.service.js';
import { VerifyEmailController } from './verify-email.controller.js';

/** The pages of what users must do at their next sign-in. */
export const REQUIRED_ACTION_CONTROLLERS = [ChangePasswordController, VerifyEmailController, AcceptTermsController];

/** What these pages need. */
export const REQUIRED_ACTION_PROVIDERS = [
  ChangePasswordStep,
  VerifyEmailStep,
  AcceptTermsStep,
  StepPages,
  DemandedPasswords,
  TermsAcceptances,
];
