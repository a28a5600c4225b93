import { ADMIN_ENTITIES } from '#admin/index.js';
import { AUDIT_ENTITIES } from '#audit/index.js';
import { AUTHENTICATION_ENTITIES } from '#authentication/index.js';
import { CLAIM_ENTITIES } from '#claims/index.js';
import { CLIENT_ENTITIES } from '#clients/index.js';
import { CONSENT_ENTITIES } from '#consent/index.js';
import { EXPLANATION_ENTITIES } from '#explanations/index.js';
import { FEDERATION_ENTITIES } from '#federation/index.js';
import { INTERACTION_ENTITIES } from '#interaction/index.js';
import { KEY_ENTITIES } from '#keys/index.js';
import { CACHE_ENTITIES } from '#platform/cache/index.js';
import { LeaseEntity } from '#platform/database/index.js';
import { OUTBOX_ENTITIES } from '#platform/events/index.js';
import { JOBS_ENTITIES } from '#platform/jobs/index.js';
import { RESOURCE_ENTITIES } from '#resources/index.js';
import { SESSION_ENTITIES } from '#sessions/index.js';
import { SETTINGS_ENTITIES } from '#settings/index.js';
import { TOKEN_ENTITIES } from '#tokens/index.js';
import { USER_ENTITIES } from '#users/index.js';
import { WEBHOOK_ENTITIES } from '#webhooks/index.js';
import { Platform1767225601000 } from './migrations/1000-platform.migration.js';
import { Keys1767225601100 } from './migrations/1100-keys.migration.js';
import { Clients1767225601200 } from './migrations/1200-clients.migration.js';
import { Resources1767225601210 } from './migrations/1210-resources.migration.js';
import { Users1767225601220 } from './migrations/1220-users.migration.js';
import { Sessions1767225601230 } from './migrations/1230-sessions.migration.js';
import { Consent1767225601240 } from './migrations/1240-consent.migration.js';
import { Tokens1767225601250 } from './migrations/1250-tokens.migration.js';
import { ClientRegistration1767225601260 } from './migrations/1260-client-registration.migration.js';
import { Authentication1767225601300 } from './migrations/1300-authentication.migration.js';
import { Interaction1767225601400 } from './migrations/1400-interaction.migration.js';
import { SealedClientSecrets1767225601500 } from './migrations/1500-sealed-client-secrets.migration.js';
import { GrantClaims1767225601600 } from './migrations/1600-grant-claims.migration.js';
import { SubjectKey1767225601620 } from './migrations/1620-subject-key.migration.js';
import { Outbox1767225601640 } from './migrations/1640-outbox.migration.js';
import { ClientSessions1767225601641 } from './migrations/1641-client-sessions.migration.js';
import { ChangeStamps1767225601650 } from './migrations/1650-change-stamps.migration.js';
import { IdempotentRequests1767225601660 } from './migrations/1660-idempotent-requests.migration.js';
import { PlainNames1767225601661 } from './migrations/1661-plain-names.migration.js';
import { PurgeRuns1767225601670 } from './migrations/1670-purge-runs.migration.js';
import { CompanySettings1767225601900 } from './migrations/1900-company-settings.migration.js';
import { PendingSignIns1767225602000 } from './migrations/2000-pending-sign-ins.migration.js';
import { SessionFactors1767225602001 } from './migrations/2001-session-factors.migration.js';
import { SecondFactors1767225602002 } from './migrations/2002-second-factors.migration.js';
import { Passkeys1767225602100 } from './migrations/2100-passkeys.migration.js';
import { Sprays1767225602101 } from './migrations/2101-sprays.migration.js';
import { ActionLinks1767225602200 } from './migrations/2200-action-links.migration.js';
import { People1767225602210 } from './migrations/2210-people.migration.js';
import { Directories1767225602310 } from './migrations/2310-directories.migration.js';
import { FirstSignIns1767225602220 } from './migrations/2220-first-sign-ins.migration.js';
import { ForeignHashKeys1767225602300 } from './migrations/2300-foreign-hash-keys.migration.js';
import { UpstreamSignIn1767225602400 } from './migrations/2400-upstream-sign-in.migration.js';
import { GroupNesting1767225602600 } from './migrations/2600-group-nesting.migration.js';
import { UserAttributes1767225602610 } from './migrations/2610-user-attributes.migration.js';
import { ClaimMappings1767225602620 } from './migrations/2620-claim-mappings.migration.js';
import { Pictures1767225602700 } from './migrations/2700-pictures.migration.js';
import { ExpiryWarnings1767225602630 } from './migrations/2630-expiry-warnings.migration.js';
import { AnnouncedLocks1767225602800 } from './migrations/2800-announced-locks.migration.js';
import { Audit1767225602810 } from './migrations/2810-audit.migration.js';
import { OutboxAnswers1767225602820 } from './migrations/2820-outbox-answers.migration.js';
import { AuditSeals1767225603000 } from './migrations/3000-audit-seals.migration.js';
import { AdminRoles1767225603010 } from './migrations/3010-admin-roles.migration.js';
import { BulkJobs1767225603020 } from './migrations/3020-bulk-jobs.migration.js';
import { Explanations1767225603030 } from './migrations/3030-explanations.migration.js';
import { PasswordOrigins1767225602910 } from './migrations/2910-password-origins.migration.js';
import { Webhooks1767225602830 } from './migrations/2830-webhooks.migration.js';
import { ScopeTexts1767225603100 } from './migrations/3100-scope-texts.migration.js';
import { GrantEnds1767225603110 } from './migrations/3110-grant-ends.migration.js';
import { ConsentReceipts1767225603120 } from './migrations/3120-consent-receipts.migration.js';
import { FormerKeys1767225603130 } from './migrations/3130-former-keys.migration.js';
import { PasskeyDoubts1767225603140 } from './migrations/3140-passkey-doubts.migration.js';
import { ChangeRequests1767225604600 } from './migrations/4600-change-requests.migration.js';
import { ClientVersions1767225604500 } from './migrations/4500-client-versions.migration.js';
import { ClientReports1767225603200 } from './migrations/3200-client-reports.migration.js';
import { UsageMarks1767225603300 } from './migrations/3300-usage-marks.migration.js';
import { ClaimDisclosures1767225603310 } from './migrations/3310-claim-disclosures.migration.js';
import { AuditStream1767225603320 } from './migrations/3320-audit-stream.migration.js';
import { RevokedTimes1767225603330 } from './migrations/3330-revoked-times.migration.js';
import { UnusedAccess1767225603340 } from './migrations/3340-unused-access.migration.js';

/** Every table of the service. */
export const ENTITIES = [
  LeaseEntity,
  ...JOBS_ENTITIES,
  ...OUTBOX_ENTITIES,
  ...CACHE_ENTITIES,
  ...KEY_ENTITIES,
  ...SETTINGS_ENTITIES,
  ...CLAIM_ENTITIES,
  ...CLIENT_ENTITIES,
  ...RESOURCE_ENTITIES,
  ...USER_ENTITIES,
  ...SESSION_ENTITIES,
  ...CONSENT_ENTITIES,
  ...TOKEN_ENTITIES,
  ...AUDIT_ENTITIES,
  ...WEBHOOK_ENTITIES,
  ...EXPLANATION_ENTITIES,
  ...AUTHENTICATION_ENTITIES,
  ...FEDERATION_ENTITIES,
  ...INTERACTION_ENTITIES,
  ...ADMIN_ENTITIES,
];

/** Every change of the schema, in the order in which it is made. */
export const MIGRATIONS = [
  Platform1767225601000,
  Keys1767225601100,
  Clients1767225601200,
  Resources1767225601210,
  Users1767225601220,
  Sessions1767225601230,
  Consent1767225601240,
  Tokens1767225601250,
  ClientRegistration1767225601260,
  Authentication1767225601300,
  Interaction1767225601400,
  SealedClientSecrets1767225601500,
  GrantClaims1767225601600,
  SubjectKey1767225601620,
  Outbox1767225601640,
  ClientSessions1767225601641,
  ChangeStamps1767225601650,
  IdempotentRequests1767225601660,
  PlainNames1767225601661,
  PurgeRuns1767225601670,
  CompanySettings1767225601900,
  PendingSignIns1767225602000,
  SessionFactors1767225602001,
  SecondFactors1767225602002,
  Passkeys1767225602100,
  Sprays1767225602101,
  ActionLinks1767225602200,
  People1767225602210,
  FirstSignIns1767225602220,
  ForeignHashKeys1767225602300,
  Directories1767225602310,
  UpstreamSignIn1767225602400,
  GroupNesting1767225602600,
  UserAttributes1767225602610,
  ClaimMappings1767225602620,
  ExpiryWarnings1767225602630,
  Pictures1767225602700,
  AnnouncedLocks1767225602800,
  Audit1767225602810,
  OutboxAnswers1767225602820,
  Webhooks1767225602830,
  PasswordOrigins1767225602910,
  AuditSeals1767225603000,
  AdminRoles1767225603010,
  BulkJobs1767225603020,
  Explanations1767225603030,
  ScopeTexts1767225603100,
  GrantEnds1767225603110,
  ConsentReceipts1767225603120,
  FormerKeys1767225603130,
  PasskeyDoubts1767225603140,
  ClientReports1767225603200,
  UsageMarks1767225603300,
  ClaimDisclosures1767225603310,
  AuditStream1767225603320,
  RevokedTimes1767225603330,
  UnusedAccess1767225603340,
  ClientVersions1767225604500,
  ChangeRequests1767225604600,
];
