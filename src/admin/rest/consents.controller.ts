import { Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { claimApproval, ConsentService } from '#consent/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { ApprovedClaimAnswer, ApprovedScopeAnswer, ConsentAnswer, consentAnswer } from './dto/consent.dto.js';
import type { Plain } from './member.decorators.js';
import { found, notFound } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';

const FILTERS = ['user_id', 'client_id', 'scope'] as const;

/** What users allowed clients. */
@AdminController('consents')
export class ConsentsController {
  constructor(private readonly consents: ConsentService) {}

  @Get()
  @Operation('consents:read', { summary: 'List consents', status: 200, items: ConsentAnswer, filters: FILTERS })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<ConsentAnswer>>> {
    return answerPage(
      query,
      FILTERS,
      (request, { user_id: userId, client_id: clientId, scope }) =>
        this.consents.list({ userId, clientId, scope }, request),
      consentAnswer,
    );
  }

  @Get(':id')
  @Operation('consents:read', { summary: 'Read a consent', status: 200, answer: ConsentAnswer })
  async read(@Param('id') id: string): Promise<Plain<ConsentAnswer>> {
    return consentAnswer(found(await this.consents.find(id)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('consents:write', { summary: 'Withdraw a consent and end what was granted by it', status: 204 })
  async withdraw(@Param('id') id: string): Promise<void> {
    if (!(await this.consents.withdrawById(id))) throw notFound();
  }

  @Get(':id/scopes/:scope')
  @Operation('consents:read', { summary: 'Read what is allowed of a scope', status: 200, answer: ApprovedScopeAnswer })
  async readScope(@Param('id') id: string, @Param('scope') name: string): Promise<Plain<ApprovedScopeAnswer>> {
    const { scopes } = await this.read(id);
    return found(scopes.find(({ scope }) => scope === name));
  }

  @Delete(':id/scopes/:scope')
  @HttpCode(204)
  @Operation('consents:write', { summary: 'Take one scope out of a consent, and out of what rests on it', status: 204 })
  async endScope(@Param('id') id: string, @Param('scope') name: string): Promise<void> {
    const { scope } = await this.readScope(id, name);
    if (!(await this.consents.narrowById(id, [scope]))) throw notFound();
  }

  @Get(':id/claims/:claim')
  @Operation('consents:read', { summary: 'Read what is allowed of a claim', status: 200, answer: ApprovedClaimAnswer })
  async readClaim(@Param('id') id: string, @Param('claim') name: string): Promise<Plain<ApprovedClaimAnswer>> {
    const { claims } = await this.read(id);
    return found(claims.find(({ claim }) => claim === name));
  }

  @Delete(':id/claims/:claim')
  @HttpCode(204)
  @Operation('consents:write', { summary: 'Take one claim out of a consent, and out of what rests on it', status: 204 })
  async endClaim(@Param('id') id: string, @Param('claim') name: string): Promise<void> {
    const { claim } = await this.readClaim(id, name);
    if (!(await this.consents.narrowById(id, [claimApproval(claim)]))) throw notFound();
  }
}
