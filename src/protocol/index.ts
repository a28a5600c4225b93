import { ExplanationEntity } from './explanations/explanation.entity.js';

export { AccessTokenGuard, bearerOf } from './access-token-guard/access-token.guard.js';
export { ActiveTokens, type ActiveToken } from './access-token-guard/active-tokens.service.js';
export { RequireScope } from './access-token-guard/require-scope.decorator.js';
export { ApiTokenErrorFilter } from './errors/bearer-error.filter.js';
export { InsufficientUserAuthentication } from './errors/oauth-error.js';
export { AccessTokenIssuer } from './issuance/access-token.js';
export { ProtocolModule } from './protocol.module.js';
export type { ExplanationRow } from './explanations/explanation.entity.js';
export { OfferedGrantTypes } from './token-endpoint/offered-grant-types.js';
export { Explanations } from './explanations/explanations.service.js';

/** The entities of this module, for the list in schema.ts. */
export const PROTOCOL_ENTITIES = [ExplanationEntity] as const;
