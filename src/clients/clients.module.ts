import { Module } from '@nestjs/common';
import { UsableClients } from './access/usable-clients.service.js';
import { ClientOriginsRepository } from './client-origins.repository.js';
import { ClientSecretUses } from './client-secret-uses.service.js';
import { ClientSecretsRepository } from './client-secrets.repository.js';
import { ClientSecretsService } from './client-secrets.service.js';
import { ClientsRepository } from './clients.repository.js';
import { ClientsService } from './clients.service.js';
import { ClientLogos } from './logos/client-logos.service.js';
import { ClientRegistrationsRepository } from './registration/client-registrations.repository.js';
import { FirstPartyNames } from './registration/first-party-names.service.js';
import { Lookalikes } from './registration/lookalikes.service.js';
import { InitialAccessTokensRepository } from './registration/initial-access-tokens.repository.js';
import { InitialAccessTokensService } from './registration/initial-access-tokens.service.js';
import { SelfRegistrationsService } from './registration/self-registrations.service.js';
import { UnusedClientsJob } from './registration/unused-clients.job.js';
import { ClientReports } from './reports/client-reports.service.js';
import { ClientReportsRepository } from './reports/client-reports.repository.js';
import { PurgeReportsJob } from './reports/purge-reports.job.js';
import { SectorIdentifiers } from './sector-identifiers.service.js';
import { SealedClientSecretsRepository } from './sealed-client-secrets.repository.js';
import { ClientVersionsRepository } from './versions/client-versions.repository.js';
import { ClientVersions } from './versions/client-versions.service.js';
import { SealedSecretsRenewal } from './sealed-secrets-renewal.service.js';

/** Registered clients, their secrets, and the rules of client metadata. */
@Module({
  providers: [
    ClientsRepository,
    ClientOriginsRepository,
    ClientSecretsRepository,
    SealedClientSecretsRepository,
    SealedSecretsRenewal,
    ClientsService,
    ClientSecretsService,
    ClientSecretUses,
    ClientRegistrationsRepository,
    FirstPartyNames,
    Lookalikes,
    InitialAccessTokensRepository,
    InitialAccessTokensService,
    SelfRegistrationsService,
    UnusedClientsJob,
    SectorIdentifiers,
    ClientLogos,
    UsableClients,
    ClientReports,
    ClientReportsRepository,
    PurgeReportsJob,
    ClientVersions,
    ClientVersionsRepository,
  ],
  exports: [
    ClientsService,
    ClientSecretsService,
    ClientSecretUses,
    FirstPartyNames,
    Lookalikes,
    InitialAccessTokensService,
    SelfRegistrationsService,
    SectorIdentifiers,
    ClientLogos,
    UsableClients,
    ClientReports,
    ClientVersions,
  ],
})
export class ClientsModule {}
