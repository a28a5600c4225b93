import { Get, Param, Query } from '@nestjs/common';
import { ClaimDisclosures } from '#consent/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { ClaimDisclosureAnswer, claimDisclosureAnswer } from './dto/claim-disclosure.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';

const FILTERS = ['user_id', 'client_id'] as const;

/** What was said of users to which client, and when: names of claims, never values. */
@AdminController('claim-disclosures')
export class ClaimDisclosuresController {
  constructor(private readonly disclosures: ClaimDisclosures) {}

  @Get()
  @Operation('consents:read', {
    summary: 'List which claims went to which client',
    status: 200,
    items: ClaimDisclosureAnswer,
    filters: FILTERS,
  })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<ClaimDisclosureAnswer>>> {
    return answerPage(
      query,
      FILTERS,
      (request, { user_id: userId, client_id: clientId }) => this.disclosures.list({ userId, clientId }, request),
      claimDisclosureAnswer,
    );
  }

  @Get(':id')
  @Operation('consents:read', {
    summary: 'Read which claims went to a client by one way',
    status: 200,
    answer: ClaimDisclosureAnswer,
  })
  async read(@Param('id') id: string): Promise<Plain<ClaimDisclosureAnswer>> {
    return claimDisclosureAnswer(found(await this.disclosures.find(id)));
  }
}
