import { Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { Cors } from '#platform/http/index.js';
import { StandardScope } from '#standards/oidc.js';
import { ActiveTokens } from '../access-token-guard/active-tokens.service.js';
import { ClaimRelease } from '../claims/claim-release.js';
import { SubjectIdentifiers } from '../claims/subject-identifier.js';
import { userinfoIdentifier } from '../claims/userinfo-resource.js';
import { BearerErrorFilter } from '../errors/bearer-error.filter.js';
import { noStore } from '../errors/endpoint-error.filter.js';
import { InsufficientScope, InvalidToken } from '../errors/oauth-error.js';
import { IssueNotes } from '../issuance/issue-notes.js';
import { ClientTokens } from '../issuance/client-tokens.js';
import { presentedToken } from './presented-token.js';

/** The userinfo endpoint (OIDC Core §5.3). */
@Controller('oauth2/userinfo')
@UseFilters(BearerErrorFilter)
export class UserinfoController {
  constructor(
    private readonly activeTokens: ActiveTokens,
    private readonly release: ClaimRelease,
    private readonly issuer: IssuerSettings,
    private readonly clientTokens: ClientTokens,
    private readonly subjects: SubjectIdentifiers,
    private readonly notes: IssueNotes,
  ) {}

  @Get()
  @Cors('clients')
  get(@Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object | string> {
    return this.claims(http, reply);
  }

  @Post()
  @HttpCode(200)
  @Cors('clients')
  post(@Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object | string> {
    return this.claims(http, reply);
  }

  /** OIDC Core §5.3.2: `sub` always, and the claims granted by scope or name that are known; as JSON, or as a JWT. */
  private async claims(http: FastifyRequest, reply: FastifyReply): Promise<object | string> {
    noStore(reply);
    const active = await this.activeTokens.find(presentedToken(http));
    if (active?.user === undefined || !active.token.audience.includes(userinfoIdentifier(this.issuer))) {
      throw new InvalidToken('the access token is not good for userinfo');
    }
    const { client, grant, token, user } = active;
    if (!token.scope.includes(StandardScope.OpenId)) {
      throw new InsufficientScope('openid is missing', StandardScope.OpenId);
    }
    const released = await this.release.forUserinfo(client, grant, user, token.scope);
    const claims = { ...released, sub: this.subjects.of(user.id, client) };
    const jwt = await this.clientTokens.userinfo(client, claims);
    this.notes.released(client, user.id, 'userinfo', released);
    if (jwt === undefined) return claims;
    reply.header('content-type', 'application/jwt');
    return jwt;
  }
}
