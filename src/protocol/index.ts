export { AccessTokenGuard, bearerOf } from './access-token-guard/access-token.guard.js';
export { ActiveTokens, type ActiveToken } from './access-token-guard/active-tokens.service.js';
export { RequireScope } from './access-token-guard/require-scope.decorator.js';
export { ApiTokenErrorFilter } from './errors/bearer-error.filter.js';
export { InsufficientUserAuthentication } from './errors/oauth-error.js';
export {
  ruleBasis,
  SIMULATION_RULES,
  Simulations,
  type SimulatedAnswer,
  type SimulatedClaim,
  type SimulatedConsent,
  type Simulation,
  type SimulationWish,
} from './authorization-endpoint/simulation/index.js';
export { AccessTokenIssuer } from './issuance/access-token.js';
export { ProtocolModule } from './protocol.module.js';
export { OfferedGrantTypes } from './token-endpoint/offered-grant-types.js';
