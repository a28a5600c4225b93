import { InteractionEntity } from './interaction.entity.js';
import { PendingSignInEntity } from './sign-in-steps/pending-sign-in.entity.js';

export { ApprovalsService } from './approvals.service.js';
export { afterSignIn, afterStepUp } from './answers.js';
export { consentDecision, durationValue, suggestedDuration, type ConsentDecision } from './consent-form.js';
export { onceRule, requiredRule, untickedRule, type ConsentOffer } from './consent-offer.js';
export { ConsentOffers, type DecidedOffer } from './consent-offers.service.js';
export { askedRule, settledRule } from './consent-reasons.js';
export type { Approvals } from './standing-approvals.js';
export { accessDecision, mayGrant, type AccessDecision, type DecisionRule } from './access-decision.js';
export { accessRefusal } from './access-refusal.js';
export { adminStanding, type AdminStanding } from './admin-rights.js';
export type { Answers, ConsentAnswer } from './answers.js';
export { neededApprovals, type AuthorizationFacts, type DisplayFacts, type NamedClaim } from './authorization-facts.js';
export type { Interaction, LoadedInteraction } from './interaction.js';
export { InteractionRefusals, type LostInteraction } from './interaction-refusals.service.js';
export { MappedClaims, mappedScopes, type MappedClaim } from './mapped-claims.service.js';
export { InteractionModule } from './interaction.module.js';
export { InteractionsService, type NewInteraction } from './interactions.service.js';
export { skipsConsent } from './prompts/consent.prompt.js';
export { grantedNamedClaims, grantedScope, nextPrompt, ruleOf } from './prompts/next-prompt.js';
export type { Prompt, PromptError, PromptName, PromptState } from './prompts/prompt.js';
export { signedInMeanwhile } from './prompts/prompt.js';
export { PendingSignIns } from './sign-in-steps/pending-sign-ins.service.js';
export type { SignInProgress, StepOutcome } from './sign-in-steps/sign-in-progress.js';
export { SIGN_IN_STEPS, type SignInOccasion, type SignInStep } from './sign-in-steps/sign-in-step.js';
export type { SignInVisit } from './sign-in-steps/sign-in-visit.js';
export { FreshProofs } from './second-factor/fresh-proofs.service.js';
export { FactorRemovals } from './second-factor/factor-removals.service.js';
export { FactorEnrolments } from './second-factor/factor-enrolments.service.js';
export { SecondFactorPolicies } from './second-factor/second-factor-policies.service.js';
export { iconOf } from './upstream/provider-offers.service.js';
export { SignIns, type ProvenSignIn } from './sign-ins.service.js';

/** The entities of this module, for the list in schema.ts. */
export const INTERACTION_ENTITIES = [InteractionEntity, PendingSignInEntity] as const;
