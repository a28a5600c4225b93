import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isFresh } from '#authentication/index.js';
import { Clock } from '#platform/crypto/index.js';
import { BrowserCookies } from '#platform/http/index.js';
import { SessionsService, type Session } from '#sessions/index.js';
import { UsersService, type User } from '#users/index.js';
import { negotiateLocale } from '#views/index.js';
import { FreshProofs } from './second-factor/fresh-proofs.service.js';
import type { Visitor } from './turn.js';

/** Finds out who asks for a page. */
@Injectable()
export class Visitors {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly cookies: BrowserCookies,
    private readonly proofs: FreshProofs,
    private readonly clock: Clock,
  ) {}

  async identify(request: FastifyRequest, uiLocales?: string): Promise<Visitor> {
    const session = await this.sessions.current(this.cookies.session.read(request));
    const user = session && (await this.users.find(session.userId));
    const acceptLanguage = request.headers['accept-language'];
    return { session, user, locale: negotiateLocale({ uiLocales, acceptLanguage, userLocale: user?.claims.locale }) };
  }

  /** A user who may sign in. */
  async activeUser(id: string): Promise<User | undefined> {
    const user = await this.users.find(id);
    return user?.status === 'active' ? user : undefined;
  }

  /** Whether somebody is signed in who has just proven who they are. */
  isFresh({ session }: Visitor): boolean {
    return session !== undefined && isFresh(session, this.clock.now());
  }

  /** Whether somebody has just proven all that is asked of them now. */
  hasProvenAll(session: Session, user: User): Promise<boolean> {
    return this.proofs.isFresh(session, user);
  }
}
