import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FreshProofs } from '#interaction/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { redirect } from '#platform/http/index.js';
import type { Visit } from './visit.js';

/** Lets only those change what matters most who have just proven who they are, by all that is asked of them now. */
@Injectable()
export class FreshSignIn {
  constructor(
    private readonly proofs: FreshProofs,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Whether the user could change what matters most right now. */
  isFresh({ session, user }: Visit): Promise<boolean> {
    return this.proofs.isFresh(session, user);
  }

  /** False when the user was sent to sign in again, which leads back to the page at the path. */
  async require(visit: Visit, reply: FastifyReply, path: string): Promise<boolean> {
    if (await this.isFresh(visit)) return true;
    const back = encodeURIComponent(this.issuer.path(path));
    void redirect(reply, `${this.issuer.path('/sign-in')}?return_to=${back}&again=1`);
    return false;
  }
}
