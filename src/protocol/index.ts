export { AccessTokenGuard, bearerOf } from './access-token-guard/access-token.guard.js';
export { ActiveTokens, type ActiveToken } from './access-token-guard/active-tokens.service.js';
export { RequireScope } from './access-token-guard/require-scope.decorator.js';
export { ApiTokenErrorFilter } from './errors/bearer-error.filter.js';
export { InsufficientUserAuthentication } from './errors/oauth-error.js';
export { AccessTokenIssuer } from './issuance/access-token.js';
export { ProtocolModule } from './protocol.module.js';
export { OfferedGrantTypes } from './token-endpoint/offered-grant-types.js';
