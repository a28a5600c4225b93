import { Module } from '@nestjs/common';
import { AuthenticationModule } from '#authentication/index.js';
import { ClaimsModule } from '#claims/index.js';
import { ClientsModule } from '#clients/index.js';
import { FederationModule } from '#federation/index.js';
import { ResourcesModule } from '#resources/index.js';
import { SettingsModule } from '#settings/index.js';
import { UsersModule } from '#users/index.js';
import { AdminRestModule } from '../rest/admin-rest.module.js';
import { AutomationClient } from './automation-client.service.js';
import { BootstrapService } from './bootstrap.service.js';
import { ChosenSecrets } from './chosen-secrets.service.js';
import { FirstAdministrator } from './first-administrator.service.js';
import { SeedClients } from './seed-clients.service.js';
import { SeedIdentityProviders } from './seed-identity-providers.service.js';
import { SeedRecords } from './seed-records.service.js';
import { SeedUserAttributes } from './seed-user-attributes.service.js';
import { SeedUsers } from './seed-users.service.js';
import { SeedService } from './seed.service.js';

/** What is made at start, and what `gatehouse seed` applies. */
@Module({
  imports: [
    AdminRestModule,
    AuthenticationModule,
    ClaimsModule,
    ClientsModule,
    FederationModule,
    ResourcesModule,
    SettingsModule,
    UsersModule,
  ],
  providers: [
    ChosenSecrets,
    SeedIdentityProviders,
    SeedRecords,
    SeedUserAttributes,
    SeedUsers,
    SeedClients,
    SeedService,
    AutomationClient,
    FirstAdministrator,
    BootstrapService,
  ],
  exports: [ChosenSecrets, SeedService],
})
export class SeedModule {}
