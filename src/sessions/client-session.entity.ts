import { Entity, Index } from 'typeorm';
import { Instant, Ref } from '#platform/database/index.js';

/** A client that something was issued to in a session, to be told when the session ends (OIDC Back-Channel Logout §2). */
@Entity('client_session')
@Index('IX_client_session_expires_at', ['expiresAt'])
export class ClientSessionEntity {
  @Ref({ primary: true })
  sessionId!: string;

  @Ref({ primary: true, length: 255 })
  clientId!: string;

  /** Not before the end of the session in any case. */
  @Instant()
  expiresAt!: Date;
}
