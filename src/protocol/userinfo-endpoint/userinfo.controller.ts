import { Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { Cors } from '#platform/http/index.js';
import { StandardScope } from '#standards/oidc.js';
import { ActiveTokens } from '../access-token-guard/active-tokens.service.js';
import { ClaimRelease } from '../claims/claim-release.js';
import { subjectOf } from '../claims/subject-identifier.js';
import { userinfoIdentifier } from '../claims/userinfo-resource.js';
import { BearerErrorFilter } from '../errors/bearer-error.filter.js';
import { noStore } from '../errors/endpoint-error.filter.js';
import { InsufficientScope, InvalidToken } from '../errors/oauth-error.js';
import { presentedToken } from './presented-token.js';

/** The userinfo endpoint (OIDC Core §5.3). */
@Controller('oauth2/userinfo')
@UseFilters(BearerErrorFilter)
export class UserinfoController {
  constructor(
    private readonly activeTokens: ActiveTokens,
    private readonly release: ClaimRelease,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Cors('clients')
  get(@Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.claims(http, reply);
  }

  @Post()
  @HttpCode(200)
  @Cors('clients')
  post(@Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.claims(http, reply);
  }

  /** OIDC Core §5.3.2: `sub` always, and the claims of the granted scopes and those granted by name that are known. */
  private async claims(http: FastifyRequest, reply: FastifyReply): Promise<object> {
    noStore(reply);
    const active = await this.activeTokens.find(presentedToken(http));
    if (active?.user === undefined || !active.token.audience.includes(userinfoIdentifier(this.issuer))) {
      throw new InvalidToken('the access token is not good for userinfo');
    }
    const { client, grant, token, user } = active;
    if (!token.scope.includes(StandardScope.OpenId)) {
      throw new InsufficientScope('openid is missing', StandardScope.OpenId);
    }
    return { ...this.release.forUserinfo(client, grant, user, token.scope), sub: subjectOf(user.id) };
  }
}
