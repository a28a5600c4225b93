import { ClientOriginEntity } from './client-origin.entity.js';
import { ClientSecretEntity } from './client-secret.entity.js';
import { ClientEntity } from './client.entity.js';
import { ClientRegistrationEntity } from './registration/client-registration.entity.js';
import { ClientReportEntity } from './reports/client-report.entity.js';
import { ClientVersionEntity } from './versions/client-version.entity.js';
import { InitialAccessTokenEntity } from './registration/initial-access-token.entity.js';
import { SealedClientSecretEntity } from './sealed-client-secret.entity.js';

export { isPublic, isVetted, mayUseGrantType, usesSecret, type Client } from './client.js';
export {
  APPLICATION_TYPES,
  ASSERTION_ALGORITHMS,
  ASSERTION_AUDIENCES,
  CLIENT_AUTH_METHODS,
  CLIENT_GRANT_TYPES,
  CLIENT_PROFILES,
  CLIENT_RESPONSE_TYPES,
  CLIENT_STATUSES,
  CONSENT_DURATIONS,
  CONSENT_POLICIES,
  ID_TOKEN_ALGORITHMS,
  REFRESH_TOKEN_ROTATIONS,
  REQUEST_OBJECT_ALGORITHMS,
  SUBJECT_TYPES,
  type ClientJwks,
  type ClientMetadata,
  type ClientMetadataChanges,
  type ClientMetadataInput,
  type ClientProfile,
  type MetadataProblem,
} from './client-metadata.js';
export { defaultScope } from './client-metadata-defaults.js';
export { LIFETIME_BOUNDS } from './client-metadata.validator.js';
export { CONSENT_BOUNDS } from './metadata-rules/consent.js';
export { ClientSecretUses } from './client-secret-uses.service.js';
export {
  ClientSecretsService,
  type ClientSecret,
  type NewClientSecret,
  type SecretEnds,
} from './client-secrets.service.js';
export { ClientsModule } from './clients.module.js';
export { ClientsService, type ClientUpdate, type Registration, type RegistrationOptions } from './clients.service.js';
export { lintClient, type LintFinding } from './lint/client-lint.js';
export { LINT_SEVERITIES, UNUSED_DAYS, type DeadAddress, type LintSeverity } from './lint/lint-rule.js';
export { CLIENT_TEMPLATES, TEMPLATES, type ClientTemplateName } from './templates/client-template.js';
export { settledTemplate, type SettledTemplate } from './templates/settled-template.js';
export { contradictions, templatedMetadata } from './templates/templated-metadata.js';
export { accessRules, mayUse, type AccessRule, type AccessSubject } from './access/client-access.js';
export { UsableClients } from './access/usable-clients.service.js';
export { ClientLogos } from './logos/client-logos.service.js';
export { logoPath } from './logos/logo-path.js';
export { isMacAlgorithm, signingSecretProblem } from './signing-secret.js';
export { redirectUriMatches } from './redirect-uri.js';
export { sectorOf } from './sector.js';
export {
  SectorIdentifiers,
  sectorProblems,
  sectorToAsk,
  type SectorClaim,
  type SectorDocument,
} from './sector-identifiers.service.js';
export { Lookalikes } from './registration/lookalikes.service.js';
export { FirstPartyNames } from './registration/first-party-names.service.js';
export {
  InitialAccessTokensService,
  type InitialAccessToken,
  type NewInitialAccessToken,
} from './registration/initial-access-tokens.service.js';
export { SelfRegistrationsService, type SelfRegistered } from './registration/self-registrations.service.js';

export {
  MOST_WORDS as MOST_REPORT_WORDS,
  REPORT_REASONS,
  type ClientReport,
  type ReportReason,
} from './reports/client-report.js';
export { ClientReports } from './reports/client-reports.service.js';
export { type ClientVersion, type ClientVersionFacts } from './versions/client-version.js';
export { ClientVersions } from './versions/client-versions.service.js';

/** The tables of this module. */
export const CLIENT_ENTITIES = [
  ClientEntity,
  ClientSecretEntity,
  ClientOriginEntity,
  ClientRegistrationEntity,
  ClientReportEntity,
  InitialAccessTokenEntity,
  SealedClientSecretEntity,
  ClientVersionEntity,
] as const;
