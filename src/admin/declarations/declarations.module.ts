import { Module } from '@nestjs/common';
import { AuthenticationModule } from '#authentication/index.js';
import { ClaimsModule } from '#claims/index.js';
import { ClientsModule } from '#clients/index.js';
import { FederationModule } from '#federation/index.js';
import { ResourcesModule } from '#resources/index.js';
import { SettingsModule } from '#settings/index.js';
import { UsersModule } from '#users/index.js';
import { AdminRestModule } from '../rest/admin-rest.module.js';
import { SeedModule } from '../seed/seed.module.js';
import { DeclarationsService } from './declarations.service.js';
import { DECLARED_KINDS, DeclaredKinds } from './declared-kinds.js';
import type { DeclaredKind } from './declared-kind.js';

/** Records as files: `gatehouse export`, `plan` and `apply`. */
@Module({
  imports: [
    AdminRestModule,
    AuthenticationModule,
    ClaimsModule,
    ClientsModule,
    FederationModule,
    ResourcesModule,
    SeedModule,
    SettingsModule,
    UsersModule,
  ],
  providers: [
    ...DECLARED_KINDS,
    {
      provide: DeclaredKinds,
      useFactory: (...kinds: DeclaredKind[]) => new DeclaredKinds(kinds),
      inject: [...DECLARED_KINDS],
    },
    DeclarationsService,
  ],
})
export class DeclarationsModule {}
