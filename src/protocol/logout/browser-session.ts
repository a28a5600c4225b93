import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserCookies } from '#platform/http/index.js';
import { SessionsService, type EndedSession, type Session } from '#sessions/index.js';

/** The sign-in of the browser that asks, and its end. */
@Injectable()
export class BrowserSession {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: BrowserCookies,
  ) {}

  current(http: FastifyRequest): Promise<Session | undefined> {
    return this.sessions.current(this.cookies.session.read(http));
  }

  /** Ends it, and the browser forgets it; nothing when it had just ended elsewhere. */
  async end({ id }: Session, reply: FastifyReply): Promise<EndedSession | undefined> {
    const ended = await this.sessions.end(id);
    this.cookies.session.clear(reply);
    return ended;
  }
}
