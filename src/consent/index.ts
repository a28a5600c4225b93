import { ConsentEntity } from './consent.entity.js';

export { approvedClaim, claimApproval } from './claim-approval.js';
export { consentCoverage, meansTheSame, standing, unexpired, type ConsentCoverage } from './consent-coverage.js';
export { ConsentModule } from './consent.module.js';
export { ConsentService, type GivenConsent } from './consent.service.js';
export type { ApprovedScope, Consent, ConsentGiver, ShownVersion } from './consent.js';
export type { ConsentFilter } from './consents.repository.js';

/** The tables of this module. */
export const CONSENT_ENTITIES = [ConsentEntity] as const;
