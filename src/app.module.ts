import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { AccountModule } from '#account/index.js';
import { AdminModule } from '#admin/index.js';
import { AuditModule } from '#audit/index.js';
import { AuthenticationModule } from '#authentication/index.js';
import { ClaimsModule } from '#claims/index.js';
import { ClientsModule } from '#clients/index.js';
import { ConsentModule } from '#consent/index.js';
import { FederationModule } from '#federation/index.js';
import { InteractionModule } from '#interaction/index.js';
import { KeysModule } from '#keys/index.js';
import { MailsModule } from '#mails/index.js';
import { CacheModule } from '#platform/cache/index.js';
import { ConfigModule, type Settings } from '#platform/config/index.js';
import { CryptoModule } from '#platform/crypto/index.js';
import { DatabaseModule } from '#platform/database/index.js';
import { AfterCommitModule, EventsModule, OutboxModule } from '#platform/events/index.js';
import { HttpModule } from '#platform/http/index.js';
import { JobsModule } from '#platform/jobs/index.js';
import { ObservabilityModule } from '#platform/observability/index.js';
import { ProtocolModule } from '#protocol/index.js';
import { ResourcesModule } from '#resources/index.js';
import { SessionsModule } from '#sessions/index.js';
import { SettingsModule } from '#settings/index.js';
import { TokensModule } from '#tokens/index.js';
import { UsersModule } from '#users/index.js';
import { ViewsModule } from '#views/index.js';
import { WebhooksModule } from '#webhooks/index.js';
import { ENTITIES, MIGRATIONS } from './schema.js';

/** The table of contents of the product, from what any server needs up to the doors of users and administrators. */
@Module({})
export class AppModule {
  /** `extensions` are modules of others, which come last (docs/extensions.md). */
  static forRoot(settings: Settings, extensions: readonly Type[] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(settings),
        CryptoModule,
        DatabaseModule.forRoot({ entities: ENTITIES, migrations: MIGRATIONS }),
        CacheModule,
        EventsModule,
        JobsModule,
        HttpModule,
        ObservabilityModule,
        OutboxModule,
        AfterCommitModule,
        ViewsModule,
        KeysModule,
        SettingsModule,
        ClaimsModule,
        ClientsModule,
        ResourcesModule,
        UsersModule,
        SessionsModule,
        ConsentModule,
        TokensModule,
        AuditModule,
        WebhooksModule,
        MailsModule,
        AuthenticationModule,
        FederationModule,
        InteractionModule,
        ProtocolModule,
        AccountModule,
        AdminModule,
        ...extensions,
      ],
    };
  }
}
