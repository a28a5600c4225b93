import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { ClientSessionEntity } from './client-session.entity.js';

/** The rows of `client_session`. */
@Injectable()
export class ClientSessionsRepository extends EntityRepository<ClientSessionEntity> {
  constructor(database: Database) {
    super(database, ClientSessionEntity);
  }

  has(sessionId: string, clientId: string): Promise<boolean> {
    return this.prepared.existsBy({ sessionId, clientId });
  }

  /** Notes that a session reached a client, unless another did so meanwhile. */
  async note(sessionId: string, clientId: string, expiresAt: Date): Promise<void> {
    try {
      await this.prepared.insert({ sessionId, clientId, expiresAt });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** The clients that each of the sessions reached, by their ids in order. */
  async reachedBy(sessionIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.rows.find({ where: { sessionId: In([...sessionIds]) }, order: { clientId: 'ASC' } });
    const ofSession = (id: string) => rows.filter(({ sessionId }) => sessionId === id).map(({ clientId }) => clientId);
    return new Map(sessionIds.map((id) => [id, ofSession(id)]));
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
