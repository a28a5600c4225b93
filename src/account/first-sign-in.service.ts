import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignIns } from '#interaction/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { BrowserCookies } from '#platform/http/index.js';
import { SessionsService } from '#sessions/index.js';
import { Amr } from '#standards/amr.js';

/** Signs the first administrator in with the password they have just chosen. */
@Injectable()
export class FirstSignIn {
  constructor(
    private readonly signIns: SignIns,
    private readonly sessions: SessionsService,
    private readonly cookies: BrowserCookies,
    private readonly clock: Clock,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Signs in in the place of whoever was signed in, and leads to what to do first. */
  async welcome(request: FastifyRequest, reply: FastifyReply, userId: string): Promise<void> {
    await this.signIns.complete(request, reply, {
      result: { userId, amr: [Amr.Password], authTime: this.clock.now() },
      replaces: await this.sessions.current(this.cookies.session.read(request)),
      returnTo: this.issuer.path('/account/next-steps'),
    });
  }
}
