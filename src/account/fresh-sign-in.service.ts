import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { redirect } from '#platform/http/index.js';
import { isFresh } from '#authentication/index.js';
import type { Visit } from './visit.js';

/** Lets only those change what matters most who have just proven who they are. */
@Injectable()
export class FreshSignIn {
  constructor(
    private readonly clock: Clock,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Whether the user could change what matters most right now. */
  isFresh({ session }: Visit): boolean {
    return isFresh(session, this.clock.now());
  }

  /** False when the user was sent to sign in again, which leads back to the page at the path. */
  require(visit: Visit, reply: FastifyReply, path: string): boolean {
    if (this.isFresh(visit)) return true;
    const back = encodeURIComponent(this.issuer.path(path));
    void redirect(reply, `${this.issuer.path('/sign-in')}?return_to=${back}&again=1`);
    return false;
  }
}
