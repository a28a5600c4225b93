import { Get, Param, Query } from '@nestjs/common';
import { ConsentReceiptsService } from '#consent/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import {
  ConsentReceiptAnswer,
  consentReceiptAnswer,
  ConsentReceiptItem,
  consentReceiptItem,
} from './dto/consent-receipt.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';

const FILTERS = ['user_id', 'client_id'] as const;

/** What users were shown when they decided, and what they decided. */
@AdminController('consent-receipts')
export class ConsentReceiptsController {
  constructor(private readonly receipts: ConsentReceiptsService) {}

  @Get()
  @Operation('consents:read', {
    summary: 'List receipts of decisions, the newest first',
    status: 200,
    items: ConsentReceiptItem,
    filters: FILTERS,
  })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<ConsentReceiptItem>>> {
    return answerPage(
      query,
      FILTERS,
      (request, { user_id: userId, client_id: clientId }) => this.receipts.list({ userId, clientId }, request),
      consentReceiptItem,
    );
  }

  @Get(':id')
  @Operation('consents:read', { summary: 'Read and check a receipt', status: 200, answer: ConsentReceiptAnswer })
  async read(@Param('id') id: string): Promise<Plain<ConsentReceiptAnswer>> {
    const receipt = found(await this.receipts.find(id));
    return consentReceiptAnswer(receipt, await this.receipts.verifyKept(receipt));
  }
}
