import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientAuthenticator } from '../client-authentication/client-authenticator.js';
import { EndpointErrorFilter, noStore } from '../errors/endpoint-error.filter.js';
import { formParameters } from '../parameters/read-parameters.js';
import { IntrospectionService } from './introspection.service.js';
import type { IntrospectionResponse } from './token-facts.js';

/** The introspection endpoint (RFC 7662 §2). */
@Controller('oauth2/introspect')
@UseFilters(EndpointErrorFilter)
export class IntrospectionController {
  constructor(
    private readonly clientAuthenticator: ClientAuthenticator,
    private readonly introspection: IntrospectionService,
  ) {}

  @Post()
  @HttpCode(200)
  async introspect(
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IntrospectionResponse> {
    noStore(reply);
    const parameters = formParameters(http);
    const caller = await this.clientAuthenticator.authenticateConfidential(http, parameters); // RFC 7662 §2.1
    return this.introspection.introspect(parameters.require('token'), caller);
  }
}
