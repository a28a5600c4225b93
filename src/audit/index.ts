import { AuditEventEntity } from './audit-event.entity.js';
import { AuditSegmentEntity } from './audit-segment.entity.js';
import { AuditStreamPositionEntity } from './stream/audit-stream-position.entity.js';

export type { AuditEvent } from './audit-event.js';
export type { AuditFilter } from './audit-events.repository.js';
export type { AuditFinding, AuditVerification } from './audit-finding.js';
export { auditMembers } from './audit-members.js';
export { AuditModule } from './audit.module.js';
export { AuditService } from './audit.service.js';
export { AuditVerifier } from './audit-verifier.service.js';

/** The entities of this module, for the list in schema.ts. */
export const AUDIT_ENTITIES = [AuditEventEntity, AuditSegmentEntity, AuditStreamPositionEntity] as const;
