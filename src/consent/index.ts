import { ConsentEntity } from './consent.entity.js';
import { ClaimDisclosureEntity } from './disclosures/claim-disclosure.entity.js';
import { ConsentUseEntity } from './uses/consent-use.entity.js';
import { ConsentReceiptEntity } from './receipts/consent-receipt.entity.js';

export { approvedClaim, claimApproval } from './claim-approval.js';
export {
  consentCoverage,
  lapseRule,
  meansTheSame,
  unexpired,
  type ConsentCoverage,
  type LapseRule,
} from './consent-coverage.js';
export { ConsentModule } from './consent.module.js';
export { ConsentService, type GivenConsent } from './consent.service.js';
export type { ApprovedScope, Consent, ConsentGiver, ShownVersion } from './consent.js';
export type { ConsentReceipt, ReceiptFacts, ReceiptScope } from './receipts/consent-receipt.js';
export { ConsentReceiptsService } from './receipts/consent-receipts.service.js';
export type { VerifiedReceipt } from './receipts/receipt-signatures.service.js';
export { DISCLOSURE_PLACES, type DisclosurePlace } from './disclosures/disclosed-claims.js';
export { ClaimDisclosures, type ClaimDisclosure } from './disclosures/claim-disclosures.service.js';
export { ConsentNotices } from './unused/consent-notices.service.js';
export {
  approvedByUser,
  dueRemovals,
  toldAt,
  unusedApprovals,
  type DueRemovals,
  type Notices,
  type UnusedApproval,
} from './unused/unused-approvals.js';
export { ConsentUses } from './uses/consent-uses.service.js';
export type { ConsentFilter } from './consents.repository.js';

/** The tables of this module. */
export const CONSENT_ENTITIES = [ConsentEntity, ConsentUseEntity, ClaimDisclosureEntity, ConsentReceiptEntity] as const;
