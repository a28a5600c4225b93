import { Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { clientAddress } from '#platform/http/index.js';
import { noStore } from '../errors/endpoint-error.filter.js';
import { TokenOrJsonErrorFilter } from '../errors/token-or-json-error.filter.js';
import { ClientRegistrationService, type Managed } from './client-registration.service.js';
import { RegistrationEnabledGuard } from './registration-enabled.guard.js';
import { registeredMembers } from './registration-message.js';
import { RegistrationRate } from './registration-rate.js';

/** The client registration and client configuration endpoints (RFC 7591 §3, RFC 7592 §2, OIDC Registration §3, §4). */
@Controller('oauth2/register')
@UseGuards(RegistrationEnabledGuard)
@UseFilters(TokenOrJsonErrorFilter)
export class ClientRegistrationController {
  constructor(
    private readonly registration: ClientRegistrationService,
    private readonly rate: RegistrationRate,
    private readonly issuer: IssuerSettings,
  ) {}

  @Post()
  @HttpCode(201)
  async register(@Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    noStore(reply);
    await this.rate.count(clientAddress(http), 'registration');
    return this.answer(await this.registration.register(http));
  }

  @Get(':client_id')
  async read(
    @Param('client_id') clientId: string,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    noStore(reply);
    return this.answer(await this.registration.read(http, clientId));
  }

  @Put(':client_id')
  async replace(
    @Param('client_id') clientId: string,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    noStore(reply);
    await this.rate.count(clientAddress(http), 'change');
    return this.answer(await this.registration.replace(http, clientId));
  }

  @Delete(':client_id')
  @HttpCode(204)
  async delete(
    @Param('client_id') clientId: string,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    noStore(reply);
    await this.registration.delete(http, clientId);
  }

  /** RFC 7591 §3.2.1: everything that is registered; a secret only when it was just made, as no one keeps it here. */
  private answer({ client, clientSecret, registrationToken }: Managed): object {
    return {
      client_id: client.clientId,
      client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
      ...(clientSecret === undefined ? {} : { client_secret: clientSecret.value, client_secret_expires_at: 0 }),
      registration_client_uri: this.issuer.url(`/oauth2/register/${encodeURIComponent(client.clientId)}`),
      registration_access_token: registrationToken,
      ...registeredMembers(client),
    };
  }
}
