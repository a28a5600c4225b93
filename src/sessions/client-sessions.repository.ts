import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { ClientSessionEntity } from './client-session.entity.js';

/** The rows of `client_session`. */
@Injectable()
export class ClientSessionsRepository extends EntityRepository<ClientSessionEntity> {
  constructor(database: Database) {
    super(database, ClientSessionEntity);
  }

  /** Notes that a session reached a client; nothing is written when it had before. */
  async note(sessionId: string, clientId: string, expiresAt: Date): Promise<void> {
    if (await this.rows.existsBy({ sessionId, clientId })) return;
    try {
      await this.rows.insert({ sessionId, clientId, expiresAt });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** Keeps what a session reached for as long as the session lives now. */
  async keep(sessionId: string, expiresAt: Date): Promise<void> {
    await this.rows.update({ sessionId }, { expiresAt });
  }

  /** Takes away what a session reached and says what it was. */
  async take(sessionId: string): Promise<string[]> {
    const rows = await this.rows.findBy({ sessionId });
    if (rows.length > 0) await this.rows.delete({ sessionId });
    return rows.map(({ clientId }) => clientId).sort();
  }
}
