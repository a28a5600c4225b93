import { Module } from '@nestjs/common';
import { AuthenticationModule } from '#authentication/index.js';
import { ClientsModule } from '#clients/index.js';
import { FederationModule } from '#federation/index.js';
import { MailsModule } from '#mails/index.js';
import { UsersModule } from '#users/index.js';
import { WebhooksModule } from '#webhooks/index.js';
import { DeclarationsModule } from './declarations/declarations.module.js';
import { ExpiringCertificates } from './expiry/expiring-certificates.service.js';
import { ExpiringSecrets } from './expiry/expiring-secrets.service.js';
import { ExpiryMetrics } from './expiry/expiry-metrics.js';
import { ExpiryWarningsJob } from './expiry/expiry-warnings.job.js';
import { ExpiryWarningsRepository } from './expiry/expiry-warnings.repository.js';
import { ExpiryWarnings } from './expiry/expiry-warnings.service.js';
import { LoadMetrics } from './monitoring/load-metrics.js';
import { StorageMetrics } from './monitoring/storage-metrics.js';
import { AdminRestModule } from './rest/admin-rest.module.js';
import { SeedModule } from './seed/seed.module.js';
import { SetUpNote } from './set-up-note.service.js';
import { WebhookNotices } from './webhook-notices.service.js';

/** The doors of an administrator. */
@Module({
  imports: [
    AdminRestModule,
    DeclarationsModule,
    SeedModule,
    AuthenticationModule,
    ClientsModule,
    FederationModule,
    MailsModule,
    UsersModule,
    WebhooksModule,
  ],
  providers: [
    ExpiringCertificates,
    ExpiringSecrets,
    ExpiryMetrics,
    ExpiryWarnings,
    ExpiryWarningsJob,
    ExpiryWarningsRepository,
    LoadMetrics,
    SetUpNote,
    StorageMetrics,
    WebhookNotices,
  ],
  exports: [AdminRestModule, SeedModule],
})
export class AdminModule {}
