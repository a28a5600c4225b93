import { Injectable } from '@nestjs/common';
import { TokenLifetimes } from '#platform/config/index.js';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { EventBus, type EventCatalogue } from '#platform/events/index.js';
import { actingAs } from '#platform/http/index.js';
import type { SessionRow } from './session.entity.js';
import { sessionFrom, type EndedSession, type Session, type SignIn } from './session.js';
import { SessionsRepository, type SessionFilter } from './sessions.repository.js';

/** A session is noted as seen at most once in this time, in milliseconds: reads must not become writes. */
const SEEN_GRANULARITY_MS = 60_000;

/** A started session and the cookie value that stands for it, which exists only in the answer. */
export interface StartedSession {
  readonly session: Session;
  readonly cookieValue: string;
}

/** Browsers' sign-ins here: start, renew, find, end. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** The live session that a cookie stands for; being asked keeps it alive, and tells who makes the request. */
  async current(cookieValue: string | undefined): Promise<Session | undefined> {
    if (cookieValue === undefined) return undefined;
    const now = this.clock.now();
    const row = await this.sessions.findByCookie(sha256(cookieValue), now);
    if (row === null) return undefined;
    actingAs({ kind: 'user', id: row.userId });
    if (now.getTime() - row.lastSeenAt.getTime() >= SEEN_GRANULARITY_MS) {
      await this.sessions.touch(row.id, now, this.idleEnd(now, row.endsAt));
    }
    return sessionFrom(row);
  }

  /** Starts a session; the same user in the same browser keeps the `sid` under a new cookie, another one ends it. */
  async start(signIn: SignIn): Promise<StartedSession> {
    const cookieValue = this.random.secret();
    return this.transactions.run(async () => {
      const session = (await this.renewed(signIn, cookieValue)) ?? (await this.begun(signIn, cookieValue));
      await this.events.publish('user.signed_in', signedIn(signIn, session));
      return { session, cookieValue };
    });
  }

  /**
   * Notes that something is issued to a client in a session, so that it can be told of the end; false when the session
   * has ended. In the transaction that issues, no end of the session is missed if it is `held`: without that, one that
   * is just being committed is seen only when what was issued is used.
   */
  reach(sessionId: string, clientId: string, { held }: { readonly held: boolean }): Promise<boolean> {
    const now = this.clock.now();
    return this.sessions.reach(sessionId, clientId, now, { until: this.absoluteEnd(now), held });
  }

  /** Ends a session and says so; nothing when there was none. */
  async end(sessionId: string): Promise<EndedSession | undefined> {
    return this.transactions.run(async () => {
      const row = await this.sessions.find(sessionId, this.clock.now());
      const clientIds = row === null ? undefined : await this.sessions.remove(sessionId);
      if (row === null || clientIds === undefined) return undefined;
      await this.events.publish('session.ended', { sessionId, userId: row.userId, clientIds });
      return { id: sessionId, userId: row.userId, clientIds };
    });
  }

  /** Ends all sessions of a user, except one that may stay. */
  async endAll(userId: string, exceptSessionId?: string): Promise<void> {
    for (const { id } of await this.listByUser(userId)) if (id !== exceptSessionId) await this.end(id);
  }

  async find(sessionId: string): Promise<Session | undefined> {
    const row = await this.sessions.find(sessionId, this.clock.now());
    return row === null ? undefined : sessionFrom(row);
  }

  /** The live sessions of a user, the latest seen first. */
  async listByUser(userId: string): Promise<Session[]> {
    return (await this.sessions.liveOf(userId, this.clock.now())).map(sessionFrom);
  }

  /** The clients that something was issued to in each of the sessions. */
  reachedBy(sessionIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.sessions.reachedBy(sessionIds);
  }

  /** One page of the live sessions that the filter names. */
  async list(filter: SessionFilter, request: PageRequest): Promise<Page<Session>> {
    const page = await this.sessions.list(filter, this.clock.now(), request);
    return { ...page, items: page.items.map(sessionFrom) };
  }

  private async renewed(signIn: SignIn, cookieValue: string): Promise<Session | undefined> {
    const { replaces } = signIn;
    if (replaces === undefined) return undefined;
    if (replaces.userId !== signIn.userId) {
      await this.end(replaces.id);
      return undefined;
    }
    const now = this.clock.now();
    const present = await this.sessions.find(replaces.id, now);
    if (present === null) return undefined;
    const row = this.row(replaces.id, signIn, cookieValue);
    // Who has not signed in anew has as much time left as before.
    const isSameSignIn = signIn.authTime.getTime() === present.authTime.getTime();
    const kept = isSameSignIn ? { endsAt: present.endsAt, expiresAt: this.idleEnd(now, present.endsAt) } : {};
    const renewed = { ...row, ...kept };
    const { id, createdAt: _createdAt, ...renewal } = renewed;
    return (await this.sessions.renew(id, now, renewal)) ? sessionFrom(renewed) : undefined;
  }

  private async begun(signIn: SignIn, cookieValue: string): Promise<Session> {
    const row = this.row(this.random.id(), signIn, cookieValue);
    await this.sessions.add(row);
    await this.events.publish('session.started', { sessionId: row.id, userId: row.userId });
    return sessionFrom(row);
  }

  private row(id: string, signIn: SignIn, cookieValue: string): SessionRow {
    const now = this.clock.now();
    const endsAt = this.absoluteEnd(now);
    return {
      id,
      cookieDigest: sha256(cookieValue),
      userId: signIn.userId,
      authTime: signIn.authTime,
      amr: [...signIn.amr],
      acr: signIn.acr,
      factors: [...(signIn.factors ?? [])],
      userAgent: signIn.userAgent?.slice(0, 255) ?? null,
      address: signIn.address ?? null,
      createdAt: now,
      lastSeenAt: now,
      endsAt,
      expiresAt: this.idleEnd(now, endsAt),
    };
  }

  private absoluteEnd(now: Date): Date {
    return new Date(now.getTime() + this.lifetimes.sessionAbsolute * 1000);
  }

  private idleEnd(now: Date, endsAt: Date): Date {
    const idle = new Date(now.getTime() + this.lifetimes.sessionIdle * 1000);
    return idle < endsAt ? idle : endsAt;
  }
}

function signedIn(signIn: SignIn, { id, userId, amr, address, userAgent }: Session): EventCatalogue['user.signed_in'] {
  const { clientId, knownBrowser } = signIn;
  return {
    userId,
    sessionId: id,
    amr,
    ...(clientId === undefined ? {} : { clientId }),
    ...(address === undefined ? {} : { address }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(knownBrowser === undefined ? {} : { knownBrowser }),
  };
}
