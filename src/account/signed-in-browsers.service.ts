import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { SessionsService, type Session } from '#sessions/index.js';
import { Places, type SignedInBrowser } from '#views/index.js';
import type { Visit } from './visit.js';

/** A session, and the applications that it was used for. */
interface ReachingSession {
  readonly session: Session;
  readonly applications: readonly { readonly clientId: string; readonly name: string | undefined }[];
}

/** Lists where a user is signed in, and which applications each sign-in reached. */
@Injectable()
export class SignedInBrowsers {
  constructor(
    private readonly sessions: SessionsService,
    private readonly clients: ClientsService,
    private readonly places: Places,
  ) {}

  async list({ user, session: own, locale }: Visit): Promise<SignedInBrowser[]> {
    return (await this.ofUser(user.id)).map(({ session, applications }) => ({
      id: session.id,
      current: session.id === own.id,
      userAgent: session.userAgent,
      address: session.address,
      place: this.places.nameOf(session.address, locale),
      startedAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      applications: applications.map(({ name, clientId }) => name ?? clientId),
    }));
  }

  /** Every live session of a user, with what it reached. */
  async ofUser(userId: string): Promise<ReachingSession[]> {
    const sessions = await this.sessions.listByUser(userId);
    const reached = await this.sessions.reachedBy(sessions.map(({ id }) => id));
    const clients = await this.clients.findMany([...new Set([...reached.values()].flat())]);
    const names = new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]));
    return sessions.map((session) => ({
      session,
      applications: (reached.get(session.id) ?? []).map((clientId) => ({ clientId, name: names.get(clientId) })),
    }));
  }
}
