import { AuthenticatorApps } from './authenticator-apps.service.js';
import { CodeMails } from './code-mails.service.js';
import { FactorAttempts } from './factor-attempts.service.js';
import { FactorInventory } from './factor-inventory.service.js';
import { FactorNotices } from './factor-notices.js';
import { KeptFactors } from './kept-factors.service.js';
import { MailCodes } from './mail-codes.service.js';
import { MailCodesRepository } from './mail-codes.repository.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { RememberedBrowserEndings } from './remembered-browser-endings.js';
import { RememberedBrowsers } from './remembered-browsers.service.js';
import { RememberedBrowsersRepository } from './remembered-browsers.repository.js';
import { SecondFactorAuthenticator } from './second-factor.authenticator.js';
import { SecondFactors } from './second-factors.service.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

/** What other modules may use of second factors. */
export const SECOND_FACTOR_SERVICES = [
  AuthenticatorApps,
  CodeMails,
  FactorInventory,
  KeptFactors,
  MailCodes,
  RecoveryCodes,
  RememberedBrowsers,
  SecondFactorAuthenticator,
  SecondFactors,
] as const;

/** Everything that proves second factors. */
export const SECOND_FACTOR_PROVIDERS = [
  ...SECOND_FACTOR_SERVICES,
  FactorAttempts,
  FactorNotices,
  MailCodesRepository,
  RecoveryCodesRepository,
  RememberedBrowserEndings,
  RememberedBrowsersRepository,
  SecondFactorsRepository,
] as const;
