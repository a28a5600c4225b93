import { AuditEventEntity } from './audit-event.entity.js';

export type { AuditEvent } from './audit-event.js';
export { AuditModule } from './audit.module.js';
export { AuditService } from './audit.service.js';

/** The entities of this module, for the list in schema.ts. */
export const AUDIT_ENTITIES = [AuditEventEntity] as const;
