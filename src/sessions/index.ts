import { ClientSessionEntity } from './client-session.entity.js';
import { SessionEntity } from './session.entity.js';

export type { EndedSession, Session, SignIn } from './session.js';
export { SessionsModule } from './sessions.module.js';
export { SessionsService, type StartedSession } from './sessions.service.js';

/** The entities of this module, for the list in schema.ts. */
export const SESSION_ENTITIES = [SessionEntity, ClientSessionEntity] as const;
