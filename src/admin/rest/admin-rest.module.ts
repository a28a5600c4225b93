import { Module } from '@nestjs/common';
import { AuthenticationModule } from '#authentication/index.js';
import { ClientsModule } from '#clients/index.js';
import { ConsentModule } from '#consent/index.js';
import { KeysModule } from '#keys/index.js';
import { OutboxModule } from '#platform/events/index.js';
import { ProtocolModule } from '#protocol/index.js';
import { ResourcesModule } from '#resources/index.js';
import { SessionsModule } from '#sessions/index.js';
import { UsersModule } from '#users/index.js';
import { CallerRights } from './caller-rights.service.js';
import { ClientReferences } from './client-references.service.js';
import { ADMIN_CONTROLLERS } from './controllers.js';
import { ApiDocsController } from './openapi/api-docs.controller.js';
import { UserAccounts } from './user-accounts.service.js';

/** The admin API and its description. */
@Module({
  imports: [
    AuthenticationModule,
    ClientsModule,
    ConsentModule,
    KeysModule,
    OutboxModule,
    ProtocolModule,
    ResourcesModule,
    SessionsModule,
    UsersModule,
  ],
  controllers: [...ADMIN_CONTROLLERS, ApiDocsController],
  providers: [CallerRights, ClientReferences, UserAccounts],
  exports: [ClientReferences, UserAccounts],
})
export class AdminRestModule {}
