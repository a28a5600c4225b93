import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BrowserCookies } from '#platform/http/index.js';
import { SessionsService } from '#sessions/index.js';
import { UsersService } from '#users/index.js';
import { negotiateLocale } from '#views/index.js';
import type { Visitor } from './turn.js';

/** Finds out who asks for a page. */
@Injectable()
export class Visitors {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly cookies: BrowserCookies,
  ) {}

  async identify(request: FastifyRequest, uiLocales?: string): Promise<Visitor> {
    const session = await this.sessions.current(this.cookies.session.read(request));
    const user = session && (await this.users.find(session.userId));
    const acceptLanguage = request.headers['accept-language'];
    return { session, user, locale: negotiateLocale({ uiLocales, acceptLanguage, userLocale: user?.claims.locale }) };
  }
}
