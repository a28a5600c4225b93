import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '#clients/index.js';
import { Cors } from '#platform/http/index.js';
import { AccessTokensService, GrantsService, RefreshTokensService } from '#tokens/index.js';
import { ClientAuthenticator } from '../client-authentication/client-authenticator.js';
import { EndpointErrorFilter, noStore } from '../errors/endpoint-error.filter.js';
import { InvalidRequest } from '../errors/oauth-error.js';
import { formParameters } from '../parameters/read-parameters.js';

/** The revocation endpoint (RFC 7009 §2). */
@Controller('oauth2/revoke')
@UseFilters(EndpointErrorFilter)
export class RevocationController {
  constructor(
    private readonly clientAuthenticator: ClientAuthenticator,
    private readonly accessTokens: AccessTokensService,
    private readonly refreshTokens: RefreshTokensService,
    private readonly grants: GrantsService,
  ) {}

  @Post()
  @HttpCode(200)
  @Cors('clients')
  async revoke(@Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    noStore(reply);
    const parameters = formParameters(http);
    const client = await this.clientAuthenticator.authenticate(http, parameters);
    const value = parameters.require('token');
    if (!(await this.revokeRefreshToken(value, client))) await this.revokeAccessToken(value, client);
  }

  /** RFC 7009 §2.1: with a refresh token ends the whole grant, access tokens included. */
  private async revokeRefreshToken(value: string, client: Client): Promise<boolean> {
    const token = await this.refreshTokens.find(value);
    if (token === undefined) return false;
    checkOwner(token, client);
    await this.grants.revoke(token.grant);
    return true;
  }

  /** RFC 7009 §2.2: a token that is unknown, expired or revoked already is as good as revoked. */
  private async revokeAccessToken(value: string, client: Client): Promise<void> {
    const token = await this.accessTokens.recognise(value);
    if (token === undefined) return;
    checkOwner(token, client);
    await this.accessTokens.revoke(token);
  }
}

/** RFC 7009 §2.1: nobody revokes a token that was issued to another client. */
function checkOwner({ clientId }: { clientId: string }, client: Client): void {
  if (clientId !== client.clientId) {
    throw new InvalidRequest('the token was issued to another client', { description: 'The token cannot be revoked.' });
  }
}
