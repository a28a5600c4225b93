import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { SessionsService } from '#sessions/index.js';
import { Places, type SignedInBrowser } from '#views/index.js';
import type { Visit } from './visit.js';

/** Lists where a user is signed in, and which applications each sign-in reached. */
@Injectable()
export class SignedInBrowsers {
  constructor(
    private readonly sessions: SessionsService,
    private readonly clients: ClientsService,
    private readonly places: Places,
  ) {}

  async list({ user, session: own, locale }: Visit): Promise<SignedInBrowser[]> {
    const sessions = await this.sessions.listByUser(user.id);
    const reached = await this.sessions.reachedBy(sessions.map(({ id }) => id));
    const clients = await this.clients.findMany([...new Set([...reached.values()].flat())]);
    const names = new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]));
    return sessions.map(({ id, userAgent, address, createdAt, lastSeenAt }) => ({
      id,
      current: id === own.id,
      userAgent,
      address,
      place: this.places.nameOf(address, locale),
      startedAt: createdAt,
      lastSeenAt,
      applications: (reached.get(id) ?? []).map((clientId) => names.get(clientId) ?? clientId),
    }));
  }
}
