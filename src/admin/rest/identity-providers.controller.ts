import { Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProviderConnections, UpstreamProvidersService, type UpstreamProvider } from '#federation/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import {
  FIXED_PROVIDER_MEMBERS,
  IdentityProviderAnswer,
  NewIdentityProvider,
  providerAnswer,
  providerInput,
} from './dto/identity-provider.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, notFound, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { ProviderRights } from './provider-rights.service.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** The providers through which people sign in. */
@AdminController('identity-providers')
export class IdentityProvidersController {
  constructor(
    private readonly providers: UpstreamProvidersService,
    private readonly connections: ProviderConnections,
    private readonly rights: ProviderRights,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('identity-providers:read', {
    summary: 'List identity providers',
    status: 200,
    items: IdentityProviderAnswer,
  })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<IdentityProviderAnswer>>> {
    return answerPage(
      query,
      [],
      (request) => this.providers.list(request),
      (provider) => this.answer(provider),
    );
  }

  @Post()
  @Operation('identity-providers:write', {
    summary: 'Let people sign in through a provider',
    sensitive: true,
    status: 201,
    body: NewIdentityProvider,
    answer: IdentityProviderAnswer,
    conflicts: true,
  })
  async add(
    @JsonBody() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<IdentityProviderAnswer>> {
    const { message, problems } = checkMessage(NewIdentityProvider, body);
    const input = providerInput(message);
    await this.rights.requireFor(request, { input });
    refuseFaults(problems, await this.providers.problems(input));
    const result = await this.providers.create(input);
    if (result.outcome !== 'created') throw refusal(result);
    setLocation(reply, this.issuer, 'identity-providers', result.provider.id);
    return this.answer(result.provider);
  }

  @Get(':id')
  @Operation('identity-providers:read', {
    summary: 'Read an identity provider',
    status: 200,
    answer: IdentityProviderAnswer,
  })
  async read(@Param('id') id: string): Promise<Plain<IdentityProviderAnswer>> {
    return this.answer(found(await this.providers.find(id)));
  }

  @Patch(':id')
  @Operation('identity-providers:write', {
    summary: 'Change an identity provider',
    sensitive: true,
    status: 200,
    body: NewIdentityProvider,
    patch: true,
    answer: IdentityProviderAnswer,
    conflicts: true,
  })
  async change(
    @Param('id') id: string,
    @PatchBody() patch: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Plain<IdentityProviderAnswer>> {
    const result = await unlessStale(async () => {
      const provider = found(await this.providers.find(id));
      const answer = this.answer(provider);
      const { message, problems } = patched(NewIdentityProvider, answer, patch, FIXED_PROVIDER_MEMBERS);
      const input = providerInput(message);
      await this.rights.requireFor(request, { input, provider });
      refuseFaults(problems, await this.providers.problems(input, id));
      return this.providers.update(id, input, provider.updatedAt);
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return this.answer(result.provider);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('identity-providers:write', {
    summary: 'Delete an identity provider with all links to it',
    sensitive: true,
    status: 204,
  })
  async delete(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const provider = found(await this.providers.find(id));
    await this.rights.requireFor(request, { provider });
    if (!(await this.providers.delete(id))) throw notFound();
  }

  private answer(provider: UpstreamProvider): Plain<IdentityProviderAnswer> {
    return providerAnswer(provider, this.connections.redirectUri(provider.slug));
  }
}
