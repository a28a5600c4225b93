import { Module } from '@nestjs/common';
import { AuditModule } from '#audit/index.js';
import { AuthenticationModule } from '#authentication/index.js';
import { ClientsModule } from '#clients/index.js';
import { ConsentModule } from '#consent/index.js';
import { FederationModule } from '#federation/index.js';
import { InteractionModule } from '#interaction/index.js';
import { MailsModule } from '#mails/index.js';
import { ResourcesModule } from '#resources/index.js';
import { SessionsModule } from '#sessions/index.js';
import { SettingsModule } from '#settings/index.js';
import { TokensModule } from '#tokens/index.js';
import { UsersModule } from '#users/index.js';
import { AccountForms } from './account-forms.service.js';
import { ApplicationsController } from './applications.controller.js';
import { ApprovedApplications } from './approved-applications.service.js';
import { ConfirmEmailController } from './email/confirm-email.controller.js';
import { EmailController } from './email/email.controller.js';
import { NotMeController } from './email/not-me.controller.js';
import { OwnAddress } from './email/own-address.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import { AppsController } from './apps.controller.js';
import { Attention } from './attention.service.js';
import { EmailAttention } from './email-attention.js';
import { FirstSignIn } from './first-sign-in.service.js';
import { HistoryController } from './history.controller.js';
import { IdentitiesController } from './identities.controller.js';
import { LinkedIdentities } from './linked-identities.service.js';
import { WayRemovals } from './way-removals.service.js';
import { DeleteAccountController } from './delete-account.controller.js';
import { ExportController } from './export.controller.js';
import { OwnConsentData } from './own-consent-data.service.js';
import { OwnData } from './own-data.service.js';
import { OwnFactors } from './own-factors.service.js';
import { OwnSignInData } from './own-sign-in-data.service.js';
import { SignOuts } from './sign-outs.service.js';
import { SignedInBrowsers } from './signed-in-browsers.service.js';
import { SecurityHistory } from './security-history.service.js';
import { PasswordChanges } from './password-changes.service.js';
import { PasswordController } from './password.controller.js';
import { PasskeyChanges } from './passkey-changes.service.js';
import { PasskeyPages } from './passkey-pages.service.js';
import { PasskeyWellKnownsController } from './passkey-well-knowns.controller.js';
import { PasskeysController } from './passkeys.controller.js';
import { SignInWays } from './sign-in-ways.service.js';
import { MyApps } from './my-apps.service.js';
import { OverviewController } from './overview.controller.js';
import { Overview } from './overview.service.js';
import { PicturesController } from './pictures.controller.js';
import { OwnDisclosures } from './own-disclosures.service.js';
import { OwnReceipts } from './own-receipts.service.js';
import { ReceiptsController } from './receipts.controller.js';
import { ProfileController } from './profile.controller.js';
import { Profile } from './profile.service.js';
import { SessionsController } from './sessions.controller.js';
import { SetUpPages } from './set-up-pages.service.js';
import { SetUpController } from './set-up.controller.js';
import { SetUp } from './set-up.service.js';
import { AuthenticatorAppController } from './authenticator-app.controller.js';
import { SecondFactorChanges } from './second-factor-changes.service.js';
import { SecondFactorOverview } from './second-factor-overview.service.js';
import { SecondFactorsController } from './second-factors.controller.js';
import { UnusedAccessNotices } from './unused-access/unused-access-notices.service.js';
import { UnusedAccessJob } from './unused-access/unused-access.job.js';
import { UnusedAccessService } from './unused-access/unused-access.service.js';
import { Visits } from './visits.service.js';
import { WellKnownsController } from './well-knowns.controller.js';

/** Pages where users look after themselves, and where the first administrator begins. */
@Module({
  imports: [
    AuditModule,
    AuthenticationModule,
    ClientsModule,
    ConsentModule,
    FederationModule,
    InteractionModule,
    MailsModule,
    ResourcesModule,
    SessionsModule,
    SettingsModule,
    TokensModule,
    UsersModule,
  ],
  controllers: [
    SecondFactorsController,
    AuthenticatorAppController,
    OverviewController,
    AppsController,
    ProfileController,
    PicturesController,
    ApplicationsController,
    ReceiptsController,
    SessionsController,
    HistoryController,
    IdentitiesController,
    ExportController,
    DeleteAccountController,
    SetUpController,
    PasswordController,
    PasskeysController,
    EmailController,
    ConfirmEmailController,
    NotMeController,
    PasskeyWellKnownsController,
    WellKnownsController,
  ],
  providers: [
    SecondFactorOverview,
    SecondFactorChanges,
    Visits,
    AccountForms,
    MyApps,
    EmailAttention,
    Attention,
    Overview,
    Profile,
    ApprovedApplications,
    OwnReceipts,
    OwnDisclosures,
    UnusedAccessService,
    UnusedAccessNotices,
    UnusedAccessJob,
    SetUp,
    SetUpPages,
    FirstSignIn,
    FreshSignIn,
    PasskeyPages,
    PasskeyChanges,
    PasswordChanges,
    SignInWays,
    WayRemovals,
    SignOuts,
    SignedInBrowsers,
    LinkedIdentities,
    OwnFactors,
    OwnSignInData,
    OwnData,
    OwnConsentData,
    SecurityHistory,
    OwnAddress,
  ],
})
export class AccountModule {}
