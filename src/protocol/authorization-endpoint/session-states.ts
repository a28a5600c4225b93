import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Random } from '#platform/crypto/index.js';
import { BrowserCookies } from '#platform/http/index.js';
import type { AnswerTarget } from './authorization-request.js';
import { sessionState } from './session-state.js';

const SALT_BYTES = 16;

/** Adds the session state to answers, errors included, where session management is on (OIDC Session Management §2). */
@Injectable()
export class SessionStates {
  constructor(
    private readonly cookies: BrowserCookies,
    private readonly random: Random,
  ) {}

  of(
    http: FastifyRequest,
    reply: FastifyReply,
    { client, redirectUri }: Pick<AnswerTarget, 'client' | 'redirectUri'>,
  ): string | undefined {
    const opState = this.cookies.opState?.after(http, reply);
    if (opState === undefined) return undefined;
    return sessionState({ clientId: client.clientId, redirectUri, opState, salt: this.random.secret(SALT_BYTES) });
  }
}
