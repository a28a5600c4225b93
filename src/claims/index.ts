import { ClaimMappingEntity } from './claim-mapping.entity.js';

export {
  CLAIM_PLACES,
  CLAIM_SOURCES,
  claimValue,
  GROUP_CHOICES,
  mappingsFor,
  type ClaimFacts,
  type ClaimMapping,
  type ClaimMappingInput,
  type ClaimPlace,
  type ClaimSource,
} from './claim-mapping.js';
export type { ClaimMappingProblem } from './claim-mapping-rules.js';
export type { ClaimMappingRoots } from './claim-mappings.repository.js';
export { ClaimMappings, type ClaimMappingCreation, type ClaimMappingUpdate } from './claim-mappings.service.js';
export { ClaimsModule } from './claims.module.js';

/** The tables of this module. */
export const CLAIM_ENTITIES = [ClaimMappingEntity] as const;
