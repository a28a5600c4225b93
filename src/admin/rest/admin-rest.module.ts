import { Module } from '@nestjs/common';
import { AuditModule } from '#audit/index.js';
import { AuthenticationModule } from '#authentication/index.js';
import { ClaimsModule } from '#claims/index.js';
import { ClientsModule } from '#clients/index.js';
import { ConsentModule } from '#consent/index.js';
import { ExplanationsModule } from '#explanations/index.js';
import { FederationModule } from '#federation/index.js';
import { KeysModule } from '#keys/index.js';
import { OutboxModule } from '#platform/events/index.js';
import { ProtocolModule } from '#protocol/index.js';
import { ResourcesModule } from '#resources/index.js';
import { SessionsModule } from '#sessions/index.js';
import { SettingsModule } from '#settings/index.js';
import { TokensModule } from '#tokens/index.js';
import { UsersModule } from '#users/index.js';
import { WebhooksModule } from '#webhooks/index.js';
import { ApprovedChanges } from './approvals/approved-changes.service.js';
import { ChangeRights } from './approvals/change-rights.service.js';
import { FourEyes } from './approvals/four-eyes.service.js';
import { ProgramHands } from './approvals/program-hands.service.js';
import { AuditExports } from './audit-exports.service.js';
import { CallerRights } from './caller-rights.service.js';
import { ClaimMappingRecords } from './claim-mapping-records.service.js';
import { ClientEntrusting } from './client-entrusting.service.js';
import { ClientMessages } from './client-messages.service.js';
import { ClientReferences } from './client-references.service.js';
import { ClientRestorations } from './client-restorations.service.js';
import { ClientTemplates } from './client-templates.service.js';
import { ClientWrites } from './client-writes.service.js';
import { SettingsWrites } from './settings-writes.service.js';
import { ADMIN_CONTROLLERS } from './controllers.js';
import { ApiDocsController } from './openapi/api-docs.controller.js';
import { AdminActs } from './requests/admin-acts.service.js';
import { AdminRequests } from './requests/admin-requests.interceptor.js';
import { IdempotentRequestsRepository } from './requests/idempotent-requests.repository.js';
import { KeptAnswers } from './requests/kept-answers.service.js';
import { PurgeIdempotentRequestsJob } from './requests/purge-idempotent-requests.job.js';
import { ProviderRights } from './provider-rights.service.js';
import { Representations } from './requests/representations.service.js';
import { FreshSignIns } from './roles/fresh-sign-ins.service.js';
import { RoleGuard } from './roles/role.guard.js';
import { SectorDocuments } from './sector-documents.service.js';
import { SimulationWishes } from './simulation-wishes.service.js';
import { UserAnswers } from './user-answers.service.js';
import { ChangeRequestsRepository } from '../changes/change-requests.repository.js';
import { ChangeRequests } from '../changes/change-requests.service.js';
import { PurgeChangeRequestsJob } from '../changes/purge-change-requests.job.js';
import { BulkJobs } from '../jobs/bulk-jobs.service.js';
import { ConsentEndings } from '../approvals/consent-endings.service.js';
import { ConsentExports } from '../approvals/consent-exports.service.js';
import { BulkJobsRepository } from '../jobs/bulk-jobs.repository.js';
import { BulkJob } from '../jobs/bulk.job.js';
import { ClientLints } from '../lints/client-lints.service.js';
import { DeadAddresses } from '../lints/dead-addresses.service.js';
import { RevocationMarks } from '../revocations/revocation-marks.service.js';
import { Revocations } from '../revocations/revocations.service.js';
import { UserExports } from '../user-files/user-exports.service.js';
import { UserImports } from '../user-files/user-imports.service.js';
import { UserAccounts } from './user-accounts.service.js';

/** The admin API and its description. */
@Module({
  imports: [
    AuditModule,
    AuthenticationModule,
    ClaimsModule,
    ClientsModule,
    ConsentModule,
    ExplanationsModule,
    FederationModule,
    KeysModule,
    OutboxModule,
    ProtocolModule,
    ResourcesModule,
    SessionsModule,
    SettingsModule,
    TokensModule,
    UsersModule,
    WebhooksModule,
  ],
  controllers: [...ADMIN_CONTROLLERS, ApiDocsController],
  providers: [
    AdminActs,
    AdminRequests,
    ApprovedChanges,
    AuditExports,
    BulkJob,
    BulkJobs,
    BulkJobsRepository,
    CallerRights,
    ChangeRequests,
    ChangeRequestsRepository,
    ChangeRights,
    ConsentEndings,
    ConsentExports,
    ClaimMappingRecords,
    ClientEntrusting,
    ClientLints,
    ClientMessages,
    ClientReferences,
    ClientRestorations,
    ClientWrites,
    FourEyes,
    PurgeChangeRequestsJob,
    SettingsWrites,
    ClientTemplates,
    DeadAddresses,
    IdempotentRequestsRepository,
    KeptAnswers,
    PurgeIdempotentRequestsJob,
    ProgramHands,
    ProviderRights,
    Representations,
    FreshSignIns,
    RevocationMarks,
    Revocations,
    RoleGuard,
    SectorDocuments,
    SimulationWishes,
    UserAccounts,
    UserAnswers,
    UserImports,
    UserExports,
  ],
  exports: [
    AdminActs,
    AuditExports,
    ClaimMappingRecords,
    ClientReferences,
    ClientTemplates,
    UserAccounts,
    UserImports,
    UserExports,
  ],
})
export class AdminRestModule {}
