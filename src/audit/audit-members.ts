import { wireName } from '#platform/http/index.js';
import type { AuditEvent } from './audit-event.js';

/** An event under the names of the wire: as the admin API answers it, and as lines of JSON have it. */
export function auditMembers(event: AuditEvent) {
  const { id, name, userId, clientId, actor, address, userAgent, requestId, details, createdAt, sequence } = event;
  return {
    id,
    name,
    ...(userId !== undefined && { user_id: userId }),
    ...(clientId !== undefined && { client_id: clientId }),
    ...(actor && { actor: { kind: actor.kind, ...(actor.id !== undefined && { id: actor.id }) } }),
    ...(address !== undefined && { address }),
    ...(userAgent !== undefined && { user_agent: userAgent }),
    ...(requestId !== undefined && { request_id: requestId }),
    details: Object.fromEntries(Object.entries(details).map(([member, value]) => [wireName(member), value])),
    created_at: createdAt.toISOString(),
    ...(sequence !== undefined && { sequence }),
  };
}
