import { Controller, HttpCode, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayUseGrantType, type Client } from '#clients/index.js';
import { Cors } from '#platform/http/index.js';
import { ClientAuthenticator } from '../client-authentication/client-authenticator.js';
import type { Decision } from '#explanations/index.js';
import { EndpointErrorFilter, noStore } from '../errors/endpoint-error.filter.js';
import { UnauthorizedClient, UnsupportedGrantType } from '../errors/oauth-error.js';
import { TokenMetrics } from '../issuance/token-metrics.js';
import { TokenIssuer, type TokenResponse } from '../issuance/token-issuer.js';
import { formParameters } from '../parameters/read-parameters.js';
import type { GrantTypeHandler } from './grant-types/grant-type-handler.js';
import { GRANT_TYPE_HANDLERS } from './grant-types/index.js';

/** The token endpoint (RFC 6749 §3.2). */
@Controller('oauth2/token')
@UseFilters(EndpointErrorFilter)
export class TokenController {
  constructor(
    private readonly clientAuthenticator: ClientAuthenticator,
    @Inject(GRANT_TYPE_HANDLERS) private readonly grantTypes: readonly GrantTypeHandler[],
    private readonly issuer: TokenIssuer,
    private readonly metrics: TokenMetrics,
  ) {}

  @Post()
  @HttpCode(200)
  @Cors('clients')
  async token(@Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<TokenResponse> {
    noStore(reply);
    const parameters = formParameters(http);
    const client = await this.clientAuthenticator.authenticate(http, parameters); // before the grant is looked at
    const asked = parameters.require('grant_type');
    const grantType = this.grantTypes.find((candidate) => candidate.grantType === asked);
    if (grantType === undefined) {
      const facts = { presented: asked.slice(0, 100), supported: this.grantTypes.map((known) => known.grantType) };
      const decision = { rule: 'grant_type.unknown', clause: 'RFC 6749 §5.2', clientId: client.clientId, facts };
      throw new UnsupportedGrantType('grant_type is unknown or off', { decision });
    }
    if (!mayUseGrantType(client, asked))
      throw new UnauthorizedClient(`${client.clientId} may not use ${asked}`, {
        decision: unregistered(client, asked),
      });
    const response = await this.issuer.issue(await grantType.decide(client, parameters));
    this.metrics.issued(grantType.grantType, response);
    return response;
  }
}

function unregistered({ clientId, grantTypes }: Client, presented: string): Decision {
  const facts = { presented, registered: grantTypes };
  return { rule: 'grant_type.unregistered', clause: 'RFC 6749 §5.2', clientId, facts };
}
