import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { OpaqueAccessTokenEntity } from './access-tokens/opaque-access-token.entity.js';
import { RevokedAccessTokenEntity } from './access-tokens/revoked-access-token.entity.js';
import { AuthorizationCodeEntity } from './authorization-codes/authorization-code.entity.js';
import { GrantEntity } from './grants/grant.entity.js';
import { RefreshTokenFamilyEntity } from './refresh-tokens/refresh-token-family.entity.js';
import { RevokedTimeEntity } from './revoked-times/revoked-time.entity.js';
import { UsedJtiEntity } from './replay/used-jti.entity.js';

const EVERY_SECONDS = 60;

/** What collects rows by itself here, children before the grants that they hang on. */
const TABLES = [
  AuthorizationCodeEntity,
  RefreshTokenFamilyEntity,
  OpaqueAccessTokenEntity,
  RevokedAccessTokenEntity,
  RevokedTimeEntity,
  UsedJtiEntity,
  GrantEntity,
] as const;

/** Deletes codes, tokens and grants that have run out. */
@Injectable()
export class PurgeTokensJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-tokens', { everySeconds: EVERY_SECONDS, entities: TABLES });
  }
}
