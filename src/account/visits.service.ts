import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, redirect } from '#platform/http/index.js';
import { SessionsService } from '#sessions/index.js';
import { UsersService } from '#users/index.js';
import { negotiateLocale } from '#views/index.js';
import type { Visit } from './visit.js';

/** Lets signed-in users in and sends everybody else to sign in first. */
@Injectable()
export class Visits {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly cookies: BrowserCookies,
    private readonly issuer: IssuerSettings,
  ) {}

  /** The visit; undefined when the reader was sent to the sign-in page, which leads back to this one. */
  async open(request: FastifyRequest, reply: FastifyReply, path: string): Promise<Visit | undefined> {
    const session = await this.sessions.current(this.cookies.session.read(request));
    const user = session && (await this.users.find(session.userId));
    if (session === undefined || user?.status !== 'active') {
      const back = encodeURIComponent(this.issuer.path(path));
      void redirect(reply, `${this.issuer.path('/sign-in')}?return_to=${back}`);
      return undefined;
    }
    const acceptLanguage = request.headers['accept-language'];
    return { session, user, locale: negotiateLocale({ acceptLanguage, userLocale: user.claims.locale }) };
  }
}
