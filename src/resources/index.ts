import { ResourceEntity } from './resource.entity.js';
import { ScopeEntity } from './scope.entity.js';

export { ADMIN_SCOPES, adminResourceIdentifier, isAdminScopeName } from './admin-resource.js';
export { ACCESS_TOKEN_FORMATS, type Resource } from './resource.js';
export type { ResourceProblem } from './resource-rules.js';
export { ResourcesModule } from './resources.module.js';
export {
  ResourcesService,
  type ResourceChanges,
  type ResourceCreation,
  type ResourceInput,
  type ResourceUpdate,
} from './resources.service.js';
export type { Scope } from './scope.js';
export {
  FIRST_PRESENTATION,
  SCOPE_ICONS,
  SCOPE_SENSITIVITIES,
  scopeWords,
  type ScopeIcon,
  type ScopeSensitivity,
  type ScopeWords,
} from './scope-words.js';
export {
  ScopesService,
  type ScopeChanges,
  type ScopeCreation,
  type ScopeInput,
  type ScopeUpdate,
} from './scopes.service.js';

/** The tables of this module. */
export const RESOURCE_ENTITIES = [ResourceEntity, ScopeEntity] as const;
