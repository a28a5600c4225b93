import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { ExpiredRows } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { OpaqueAccessTokenEntity } from './access-tokens/opaque-access-token.entity.js';
import { RevokedAccessTokenEntity } from './access-tokens/revoked-access-token.entity.js';
import { AuthorizationCodeEntity } from './authorization-codes/authorization-code.entity.js';
import { GrantEntity } from './grants/grant.entity.js';
import { RefreshTokenFamilyEntity } from './refresh-tokens/refresh-token-family.entity.js';
import { UsedJtiEntity } from './replay/used-jti.entity.js';

const EVERY_SECONDS = 60;

/** What collects rows by itself here, children before the grants that they hang on. */
const TABLES = [
  AuthorizationCodeEntity,
  RefreshTokenFamilyEntity,
  OpaqueAccessTokenEntity,
  RevokedAccessTokenEntity,
  UsedJtiEntity,
  GrantEntity,
] as const;

/** Deletes codes, tokens and grants that have run out. */
@Injectable()
export class PurgeTokensJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly expired: ExpiredRows,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register('purge-tokens', EVERY_SECONDS, async (signal) => {
      for (const table of TABLES) await this.expired.deleteExpired(table, this.clock.now(), signal);
    });
  }
}
