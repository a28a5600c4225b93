import { ChangeRequestEntity } from './changes/change-request.entity.js';
import { BulkJobEntity } from './jobs/bulk-job.entity.js';
import { ExpiryWarningEntity } from './expiry/expiry-warning.entity.js';
import { IdempotentRequestEntity } from './rest/requests/idempotent-request.entity.js';

export { AdminModule } from './admin.module.js';
export { DeclarationError, PlanChanged } from './declarations/declaration-error.js';
export { DeclarationsService } from './declarations/declarations.service.js';
export { SeedError } from './seed/seed-error.js';
export { SeedService, type SeedReport } from './seed/seed.service.js';

/** The entities of this module, for the list in schema.ts. */
export const ADMIN_ENTITIES = [
  BulkJobEntity,
  ChangeRequestEntity,
  ExpiryWarningEntity,
  IdempotentRequestEntity,
] as const;
