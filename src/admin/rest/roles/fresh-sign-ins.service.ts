import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '#platform/crypto/index.js';
import { bearerOf, InsufficientUserAuthentication } from '#protocol/index.js';

/** How old a sign-in may be that something sensitive is done with, and how it must have been proven. */
const WANTED = { acrValues: '2', maxAge: 900 } as const;

/** Wants a fresh sign-in with a second factor from people who do something sensitive (RFC 9470 §3); programs have none. */
@Injectable()
export class FreshSignIns {
  constructor(private readonly clock: Clock) {}

  require(request: FastifyRequest): void {
    const bearer = bearerOf(request);
    if (bearer?.user === undefined) return;
    const { grant } = bearer;
    const age = grant === undefined ? Infinity : this.clock.epochSeconds() - grant.authTime.getTime() / 1000;
    if (grant?.acr === WANTED.acrValues && age <= WANTED.maxAge) return;
    throw new InsufficientUserAuthentication('something sensitive is done with too weak or too old a sign-in', WANTED);
  }
}
