import { OpaqueAccessTokenEntity } from './access-tokens/opaque-access-token.entity.js';
import { RevokedAccessTokenEntity } from './access-tokens/revoked-access-token.entity.js';
import { AuthorizationCodeEntity } from './authorization-codes/authorization-code.entity.js';
import { GrantEntity } from './grants/grant.entity.js';
import { RefreshTokenFamilyEntity } from './refresh-tokens/refresh-token-family.entity.js';
import { RevokedTimeEntity } from './revoked-times/revoked-time.entity.js';
import { UsedJtiEntity } from './replay/used-jti.entity.js';

export type { AccessToken } from './access-tokens/access-token.js';
export { AccessTokensService, type PresentedAccessToken } from './access-tokens/access-tokens.service.js';
export {
  AuthorizationCodesService,
  type AuthorizationCode,
  type PresentedCode,
} from './authorization-codes/authorization-codes.service.js';
export { IssuedTokens, type IssuedCount } from './access-tokens/issued-tokens.service.js';
export type { IssuedSelection } from './grants/issued-selection.js';
export type { GrantedClaim, GrantedClaims } from './grants/granted-claims.js';
export { grantAt } from './grants/grant-ends.js';
export type { GrantEnds } from './grants/granted-ends.js';
export { isLive, type Grant, type NewGrant } from './grants/grant.js';
export { GrantsService } from './grants/grants.service.js';
export {
  RefreshTokensService,
  type PresentedRefreshToken,
  type RefreshTokenLifetimes,
} from './refresh-tokens/refresh-tokens.service.js';
export { ReplayGuard } from './replay/replay-guard.service.js';
export { RevokedTimes, type RevokedTime } from './revoked-times/revoked-times.service.js';
export { TokensModule } from './tokens.module.js';

/** The entities of this module, for the list in schema.ts. */
export const TOKEN_ENTITIES = [
  GrantEntity,
  AuthorizationCodeEntity,
  OpaqueAccessTokenEntity,
  RevokedAccessTokenEntity,
  RefreshTokenFamilyEntity,
  RevokedTimeEntity,
  UsedJtiEntity,
] as const;
