import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assurance } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { BrowserCookies, clientAddress, redirect } from '#platform/http/index.js';
import { SessionsService } from '#sessions/index.js';
import { Amr } from '#standards/amr.js';

/** Signs the first administrator in with the password they have just chosen. */
@Injectable()
export class FirstSignIn {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: BrowserCookies,
    private readonly clock: Clock,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Starts the session in the place of any other, and leads to what to do first. */
  async welcome(request: FastifyRequest, reply: FastifyReply, userId: string): Promise<void> {
    const replaces = await this.sessions.current(this.cookies.session.read(request));
    const userAgent = request.headers['user-agent'];
    const amr = [Amr.Password];
    const { cookieValue } = await this.sessions.start({
      userId,
      amr,
      acr: assurance(amr),
      authTime: this.clock.now(),
      address: clientAddress(request),
      ...(replaces && { replaces }),
      ...(userAgent !== undefined && { userAgent }),
    });
    this.cookies.session.write(reply, cookieValue);
    void redirect(reply, this.issuer.path('/account/next-steps'));
  }
}
