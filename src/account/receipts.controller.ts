import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorPages, ReceiptPage, type ReceiptModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { OwnReceipts, type OwnReceipt } from './own-receipts.service.js';
import type { Visit } from './visit.js';
import { Visits } from './visits.service.js';

const PATH = '/account/receipts';

/** The receipts of a user's decisions: a page to read and print, and a file to keep. */
@Controller('account/receipts')
export class ReceiptsController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly receipts: OwnReceipts,
    private readonly errorPages: ErrorPages,
  ) {}

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.own(id, request, reply);
    if (found !== undefined) this.pages.show(reply, found.visit, ReceiptPage, modelOf(found.own));
  }

  @Get(':id/download')
  async download(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.own(id, request, reply);
    if (found === undefined) return;
    const { receipt, verified } = found.own;
    const file = {
      receipt: receipt.jws,
      contents: verified?.contents ?? null,
      public_key: verified?.publicKey ?? null,
    };
    void reply
      .code(200)
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="receipt-${receipt.id}.json"`)
      .header('cache-control', 'no-store')
      .send(JSON.stringify(file, null, 2));
  }

  private async own(
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ readonly visit: Visit; readonly own: OwnReceipt } | undefined> {
    const visit = await this.visits.open(request, reply, `${PATH}/${encodeURIComponent(id)}`);
    const own = visit && (await this.receipts.find(visit.user.id, id));
    if (visit !== undefined && own !== undefined) return { visit, own };
    if (visit !== undefined) this.errorPages.send(request, reply, { kind: 'not-found', status: 404 });
    return undefined;
  }
}

function modelOf({ receipt, verified }: OwnReceipt): ReceiptModel {
  const { client, language, text, scopes } = (verified?.contents ?? {}) as Partial<Signed>;
  return {
    id: receipt.id,
    at: receipt.createdAt,
    decision: receipt.decision,
    clientName: client?.name ?? receipt.clientId,
    language: language ?? 'en',
    text,
    scopes: scopes ?? [],
    jws: receipt.jws,
  };
}

/** What of a receipt the page shows. */
interface Signed {
  readonly client: { readonly name: string };
  readonly language: string;
  readonly text: readonly string[];
  readonly scopes: ReceiptModel['scopes'];
}
