import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { mayGrant } from '#interaction/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { actingAs } from '#platform/http/index.js';
import { adminResourceIdentifier } from '#resources/index.js';
import { InsufficientScope, InvalidToken } from '../errors/oauth-error.js';
import { ActiveTokens, type ActiveToken } from './active-tokens.service.js';
import { bearerToken } from './bearer-token.js';
import { RequireScope } from './require-scope.decorator.js';

const BEARERS = new WeakMap<FastifyRequest, ActiveToken>();

/** The token that a request was let in with. */
export function bearerOf(request: FastifyRequest): ActiveToken | undefined {
  return BEARERS.get(request);
}

/** Lets in whoever bears an access token for our own API with the scope that the route names (RFC 6750, RFC 9068 §4). */
@Injectable()
export class AccessTokenGuard implements CanActivate {
  constructor(
    private readonly activeTokens: ActiveTokens,
    private readonly issuer: IssuerSettings,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.getAllAndOverride(RequireScope, [context.getHandler(), context.getClass()]);
    await this.check(context.switchToHttp().getRequest<FastifyRequest>(), required);
    return true;
  }

  /** Refuses a request that does not bear such a token; the error says how to do better (RFC 6750 §3.1). */
  async check(request: FastifyRequest, required: string): Promise<void> {
    const active = await this.activeTokens.find(bearerToken(request));
    if (active?.token.audience.includes(adminResourceIdentifier(this.issuer)) !== true) {
      throw new InvalidToken('the access token is not good for the admin API');
    }
    BEARERS.set(request, active);
    const { token, user, client } = active;
    actingAs(user === undefined ? { kind: 'client', id: client.clientId } : { kind: 'user', id: user.id });
    // a user who was an administrator when the token was issued may be none any more
    if (!token.scope.includes(required) || (user !== undefined && !mayGrant(user, required))) {
      throw new InsufficientScope(`${required} is missing`, required);
    }
  }
}
