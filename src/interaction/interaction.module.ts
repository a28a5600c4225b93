import { Module } from '@nestjs/common';
import { AuthenticationModule } from '#authentication/index.js';
import { ClaimsModule } from '#claims/index.js';
import { ClientsModule } from '#clients/index.js';
import { ConsentModule } from '#consent/index.js';
import { ExplanationsModule } from '#explanations/index.js';
import { FederationModule } from '#federation/index.js';
import { MailsModule } from '#mails/index.js';
import { ResourcesModule } from '#resources/index.js';
import { SessionsModule } from '#sessions/index.js';
import { SettingsModule } from '#settings/index.js';
import { UsersModule } from '#users/index.js';
import { MappedClaims } from './mapped-claims.service.js';
import { ConsentDecisions } from './consent-decisions.service.js';
import { ConsentOffers } from './consent-offers.service.js';
import { ConsentPages } from './consent-pages.service.js';
import { ClientLogosController } from './client-logos.controller.js';
import { ApprovalsService } from './approvals.service.js';
import { ConsentModels } from './consent-models.service.js';
import { ConsentController } from './consent.controller.js';
import { FirstSteps } from './getting-in/first-steps.service.js';
import { NewAccountPages } from './getting-in/new-account-pages.service.js';
import { NewPasswords } from './getting-in/new-passwords.service.js';
import { ResetPasswordController } from './getting-in/reset-password.controller.js';
import { WaysOnward } from './getting-in/ways-onward.service.js';
import { SignInPages } from './getting-in/sign-in-pages.service.js';
import { SignUpController } from './getting-in/sign-up.controller.js';
import { WaitingInteractions } from './getting-in/waiting-interactions.service.js';
import { FirstProofs } from './first-proofs.service.js';
import { InteractionRefusals } from './interaction-refusals.service.js';
import { InteractionSignIns } from './interaction-sign-ins.service.js';
import { InteractionsRepository } from './interactions.repository.js';
import { InteractionsService } from './interactions.service.js';
import { ReportClientController } from './report-client.controller.js';
import { NoAccessController } from './no-access.controller.js';
import { OwnSignIns } from './own-sign-ins.service.js';
import { Pages } from './pages.service.js';
import { PurgeInteractionsJob } from './purge-interactions.job.js';
import { SelectAccountController } from './select-account.controller.js';
import { SignInOffers } from './sign-in-offers.service.js';
import { SignInPlaces } from './sign-in-places.service.js';
import { SignInController } from './sign-in.controller.js';
import { SessionStarts } from './session-starts.service.js';
import { SignInPeople } from './sign-in-people.service.js';
import { PendingSignInEndings } from './sign-in-steps/pending-sign-in-endings.js';
import { PendingSignInRecords } from './sign-in-steps/pending-sign-in-records.service.js';
import { PendingSignInsRepository } from './sign-in-steps/pending-sign-ins.repository.js';
import { PendingSignIns } from './sign-in-steps/pending-sign-ins.service.js';
import { EnrolFactorController } from './second-factor/enrol-factor.controller.js';
import { EnrolFactorStep } from './second-factor/enrol-factor.step.js';
import { EnrolFactorAnswers } from './second-factor/enrol-factor-answers.service.js';
import { EnrolFactorPages } from './second-factor/enrol-factor-pages.service.js';
import { SecondFactorAnswers } from './second-factor/second-factor-answers.service.js';
import { StepUps } from './second-factor/step-ups.service.js';
import { FreshProofs } from './second-factor/fresh-proofs.service.js';
import { FactorRemovals } from './second-factor/factor-removals.service.js';
import { DemandedFactors } from './second-factor/demanded-factors.js';
import { EnrolmentOffers } from './second-factor/enrolment-offers.service.js';
import { PasskeyEnrolments } from './second-factor/passkey-enrolments.service.js';
import { FactorEnrolments } from './second-factor/factor-enrolments.service.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactorNeeds } from './second-factor/second-factor-needs.service.js';
import { SecondFactorPages } from './second-factor/second-factor-pages.service.js';
import { SecondFactorPolicies } from './second-factor/second-factor-policies.service.js';
import { SecondFactorStep } from './second-factor/second-factor.step.js';
import { StepTurns } from './sign-in-steps/step-turns.service.js';
import { SIGN_IN_STEPS } from './sign-in-steps/sign-in-step.js';
import { signInSteps } from './sign-in-steps/sign-in-steps.js';
import { REQUIRED_ACTION_CONTROLLERS, REQUIRED_ACTION_PROVIDERS } from './required-actions/required-actions.js';
import { SignIns } from './sign-ins.service.js';
import { Turns } from './turns.service.js';
import { LinkAccountController } from './upstream/link-account.controller.js';
import { LinkAccountPages } from './upstream/link-account-pages.service.js';
import { LinkAccountStep } from './upstream/link-account.step.js';
import { ProviderOffers } from './upstream/provider-offers.service.js';
import { UpstreamReturns } from './upstream/upstream-returns.service.js';
import { UpstreamSignInController } from './upstream/upstream-sign-in.controller.js';
import { Visitors } from './visitors.service.js';

/** The pause between an authorization request and its answer: sign-in, choice of account, consent. */
@Module({
  imports: [
    AuthenticationModule,
    ClaimsModule,
    ClientsModule,
    ConsentModule,
    ExplanationsModule,
    FederationModule,
    ResourcesModule,
    SessionsModule,
    SettingsModule,
    UsersModule,
    MailsModule,
  ],
  controllers: [
    ResetPasswordController,
    SignUpController,
    ...REQUIRED_ACTION_CONTROLLERS,
    SignInController,
    SecondFactorController,
    EnrolFactorController,
    LinkAccountController,
    UpstreamSignInController,
    SelectAccountController,
    NoAccessController,
    ReportClientController,
    ConsentController,
    ClientLogosController,
  ],
  providers: [
    InteractionsRepository,
    PendingSignInsRepository,
    InteractionsService,
    InteractionRefusals,
    Visitors,
    Turns,
    Pages,
    InteractionSignIns,
    OwnSignIns,
    FirstProofs,
    SignInPlaces,
    SignInOffers,
    ProviderOffers,
    LinkAccountStep,
    LinkAccountPages,
    UpstreamReturns,
    SignInPeople,
    PendingSignInRecords,
    PendingSignIns,
    PendingSignInEndings,
    SessionStarts,
    SecondFactorPolicies,
    FreshProofs,
    SecondFactorNeeds,
    SecondFactorStep,
    EnrolFactorStep,
    SecondFactorPages,
    SecondFactorAnswers,
    StepUps,
    EnrolFactorPages,
    EnrolFactorAnswers,
    EnrolmentOffers,
    DemandedFactors,
    PasskeyEnrolments,
    FactorEnrolments,
    FactorRemovals,
    signInSteps,
    ...REQUIRED_ACTION_PROVIDERS,
    SignIns,
    StepTurns,
    WaysOnward,
    SignInPages,
    WaitingInteractions,
    NewPasswords,
    NewAccountPages,
    FirstSteps,
    ConsentOffers,
    ConsentPages,
    ConsentModels,
    ApprovalsService,
    MappedClaims,
    ConsentDecisions,
    PurgeInteractionsJob,
  ],
  exports: [
    FactorEnrolments,
    FactorRemovals,
    FreshProofs,
    SecondFactorPolicies,
    SecondFactorNeeds,
    InteractionsService,
    InteractionRefusals,
    SignIns,
    PendingSignIns,
    SIGN_IN_STEPS,
    MappedClaims,
    ApprovalsService,
    ConsentOffers,
  ],
})
export class InteractionModule {}
