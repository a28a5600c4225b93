import { Module } from '@nestjs/common';
import { KeysModule } from '#keys/index.js';
import {
  OpaqueAccessTokensRepository,
  RevokedAccessTokensRepository,
} from './access-tokens/access-tokens.repository.js';
import { AccessTokensService } from './access-tokens/access-tokens.service.js';
import { IssuedTokens } from './access-tokens/issued-tokens.service.js';
import { AuthorizationCodesRepository } from './authorization-codes/authorization-codes.repository.js';
import { AuthorizationCodesService } from './authorization-codes/authorization-codes.service.js';
import { GrantPartsService } from './grants/grant-parts.service.js';
import { GrantRevocations } from './grants/grant-revocations.js';
import { GrantsRepository } from './grants/grants.repository.js';
import { GrantsService } from './grants/grants.service.js';
import { PurgeTokensJob } from './purge-tokens.job.js';
import { RefreshTokenFamiliesRepository } from './refresh-tokens/refresh-token-families.repository.js';
import { RefreshTokensService } from './refresh-tokens/refresh-tokens.service.js';
import { ReplayGuard } from './replay/replay-guard.service.js';
import { UsedJtisRepository } from './replay/used-jtis.repository.js';
import { RevokedTimesRepository } from './revoked-times/revoked-times.repository.js';
import { RevokedTimes } from './revoked-times/revoked-times.service.js';

const REPOSITORIES = [
  GrantsRepository,
  AuthorizationCodesRepository,
  OpaqueAccessTokensRepository,
  RevokedAccessTokensRepository,
  RefreshTokenFamiliesRepository,
  RevokedTimesRepository,
  UsedJtisRepository,
];
const SERVICES = [
  GrantsService,
  AuthorizationCodesService,
  AccessTokensService,
  IssuedTokens,
  RefreshTokensService,
  ReplayGuard,
  RevokedTimes,
];

/** Grants, and the codes and tokens made from them: issue, redeem, rotate, revoke. */
@Module({
  imports: [KeysModule],
  providers: [...REPOSITORIES, ...SERVICES, GrantPartsService, GrantRevocations, PurgeTokensJob],
  exports: SERVICES,
})
export class TokensModule {}
