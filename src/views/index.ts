export { ViewsModule } from './views.module.js';
export { ReceiptPage, type ReceiptModel } from './pages/account/receipt.page.js';
export type { ReceiptLink } from './components/receipt-list.js';
export type { OtherReceived, ReceivedClaim } from './components/received-claims.js';
export { visibleText } from './visible-text.js';
export { ViewsService, type Reader } from './views.service.js';
export { MAIL_LOGO_ID, type MailLogo, MailViews } from './mail-views.service.js';
export type { MailBlock, MailContext, MailDraft, MailTemplate, RenderedMail } from './mails/mail.js';
export { recoveryCodeUsedMail, signInCodeMail } from './mails/sign-in-code.mail.js';
export { addressInUseMail, changeEmailMail, verifyEmailMail } from './mails/confirm-address.mail.js';
export { accountDeletedMail } from './mails/account-deleted.mail.js';
export { invitationMail } from './mails/invitation.mail.js';
export {
  emailChangedMail,
  factorChangedMail,
  newDeviceMail,
  passwordChangedMail,
  type NoticeModel,
} from './mails/notices.mail.js';
export type { Happening } from './mails/what-happened.js';
export { directoryPasswordMail, resetPasswordMail } from './mails/reset-password.mail.js';
export { signUpExistingMail, signUpMail } from './mails/sign-up.mail.js';
export { webhookDisabledMail } from './mails/webhook-disabled.mail.js';
export { Places } from './places.js';
export { PublicForms, type PublicVisit } from './public-forms.js';
export { ForgottenPasswordPage, type ForgottenPasswordModel } from './pages/getting-in/forgotten-password.page.js';
export { AcceptTermsPage, type AcceptTermsModel } from './pages/getting-in/accept-terms.page.js';
export { VerifyEmailPage, type VerifyEmailModel } from './pages/getting-in/verify-email.page.js';
export { EmailPage, type EmailModel } from './pages/account/email.page.js';
export { LinkPage, type LinkModel } from './pages/getting-in/link.page.js';
export { NewAccountPage, type NewAccountFaults, type NewAccountModel } from './pages/getting-in/new-account.page.js';
export { NewPasswordPage, type NewPasswordModel } from './pages/getting-in/new-password.page.js';
export { OutcomePage, type OutcomeModel } from './pages/getting-in/outcome.page.js';
export { SignUpPage, type SignUpModel } from './pages/getting-in/sign-up.page.js';
export type { NewPasswordProblem } from './components/new-password-field.js';
export { unusedAccessMail, type UnusedAccessModel } from './mails/unused-access.mail.js';
export { secretExpiresMail, type SecretExpiresModel } from './mails/secret-expires.mail.js';
export { DevMailsPage, type DevMailsModel } from './pages/dev/dev-mails.page.js';
export { ErrorPages, type PageFault } from './error-pages.js';
export type { Page } from './page.js';
export type { Locale } from './messages/index.js';
export { type LanguageWishes, LOCALES, negotiateLocale } from './negotiate-locale.js';
export { claimTitle, scopeText, type ScopeText } from './scope-texts.js';
export { accountCard } from './account-card.js';
export type { AccountCard, ClientCard, FormTarget, ScopeGroup, ScopeItem } from './models.js';
export { SignInPage, type SignInError, type SignInModel } from './pages/interaction/sign-in.page.js';
export {
  SecondFactorPage,
  type SecondFactorError,
  type SecondFactorModel,
  type SecondFactorWay,
} from './pages/interaction/second-factor.page.js';
export { EnrolFactorPage, type EnrolFactorModel } from './pages/interaction/enrol-factor.page.js';
export { SecondFactorsPage, type SecondFactorsModel } from './pages/account/second-factors.page.js';
export { AuthenticatorAppPage, type AuthenticatorAppModel } from './pages/account/authenticator-app.page.js';
export { RecoveryCodesPage, type RecoveryCodesModel } from './pages/account/recovery-codes.page.js';
export type { AuthenticatorKey } from './components/authenticator-set-up.js';
export { ConsentPage, type ConsentDuration, type ConsentModel } from './pages/interaction/consent.page.js';
export { UPSTREAM_FAULTS, type ProviderLink, type UpstreamFault } from './components/provider-links.js';
export { LinkAccountPage, type LinkAccountModel } from './pages/interaction/link-account.page.js';
export { NoAccessPage, type NoAccessModel } from './pages/interaction/no-access.page.js';
export { ReportClientPage, type ReportClientModel } from './pages/interaction/report-client.page.js';
export { SelectAccountPage, type SelectAccountModel } from './pages/interaction/select-account.page.js';
export { FormPostPage, type FormPostModel } from './pages/protocol/form-post.page.js';
export { LogoutConfirmPage, type LogoutConfirmModel } from './pages/protocol/logout-confirm.page.js';
export { SigningOutPage, type SigningOutModel } from './pages/protocol/signing-out.page.js';
export { SignedOutPage, type SignedOutModel } from './pages/protocol/signed-out.page.js';
export { checkSessionDocument, type CheckSessionModel } from './pages/protocol/check-session.js';
export { ErrorPage, type ErrorKind, type ErrorModel } from './pages/protocol/error.page.js';
export type { AppTile } from './components/app-tiles.js';
export type { AttentionItem } from './components/attention-list.js';
export { AppsPage, type AppsModel } from './pages/account/apps.page.js';
export type { AttributeFieldModel, ProfileField } from './components/profile-field.js';
export { ProfilePage, type ProfileModel } from './pages/account/profile.page.js';
export { AccountPage, type AccountModel } from './pages/account/overview.page.js';
export {
  ApplicationsPage,
  type ApplicationsModel,
  type ApprovedApplication,
} from './pages/account/applications.page.js';
export { plainPasskeyName } from './passkey-words.js';
export {
  PasskeysPage,
  type NewPasskeyModel,
  type PasskeyProblem,
  type PasskeysModel,
} from './pages/account/passkeys.page.js';
export { OwnPasswordPage, type OwnPasswordModel } from './pages/account/password.page.js';
export {
  IDENTITY_PROBLEMS,
  IdentitiesPage,
  type IdentitiesModel,
  type LinkedIdentity,
} from './pages/account/identities.page.js';
export { DeleteAccountPage, type DeleteAccountModel } from './pages/account/delete-account.page.js';
export { OwnDataPage, type OwnDataModel } from './pages/account/own-data.page.js';
export { HISTORY_KINDS, type HistoryKind } from './history-kinds.js';
export { HistoryPage, type HistoryEntry, type HistoryModel } from './pages/account/history.page.js';
export { SessionsPage, type SessionsModel, type SignedInBrowser } from './pages/account/sessions.page.js';
export { SetUpPage, type SetUpModel, type SetUpProblem } from './pages/admin/set-up.page.js';
export { NextStepsPage, type NextStepsModel } from './pages/admin/next-steps.page.js';
export { ApiDocsPage, type ApiDocsModel } from './pages/admin/api-docs.page.js';
export type { OpenApiDocument } from './pages/admin/open-api.js';
