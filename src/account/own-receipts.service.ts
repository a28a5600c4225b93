import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { ConsentReceiptsService, type ConsentReceipt, type VerifiedReceipt } from '#consent/index.js';
import type { ReceiptLink } from '#views/index.js';

/** How many receipts a page lists. */
const MOST = 100;

/** A receipt of the user's, and what it says if it is as it was signed. */
export interface OwnReceipt {
  readonly receipt: ConsentReceipt;
  readonly verified: VerifiedReceipt | undefined;
}

/** The receipts of a user's own decisions. */
@Injectable()
export class OwnReceipts {
  constructor(
    private readonly receipts: ConsentReceiptsService,
    private readonly clients: ClientsService,
  ) {}

  /** The latest by client; those about other clients with the name of these. */
  async links(
    userId: string,
    clientIds: readonly string[],
  ): Promise<{ readonly of: (clientId: string) => ReceiptLink[]; readonly others: ReceiptLink[] }> {
    const latest = await this.receipts.latestOf(userId, MOST);
    const others = latest.filter(({ clientId }) => !clientIds.includes(clientId));
    const known = others.length === 0 ? [] : await this.clients.findMany(others.map(({ clientId }) => clientId));
    const names = new Map(known.map(({ clientId, clientName }) => [clientId, clientName]));
    return {
      of: (clientId) => latest.filter((receipt) => receipt.clientId === clientId).map(linkTo),
      others: others.map((receipt) => ({
        ...linkTo(receipt),
        clientName: names.get(receipt.clientId) ?? receipt.clientId,
      })),
    };
  }

  /** One of them; undefined when it is somebody else's or there is none. */
  async find(userId: string, id: string): Promise<OwnReceipt | undefined> {
    const receipt = await this.receipts.find(id);
    if (receipt?.userId !== userId) return undefined;
    return { receipt, verified: await this.receipts.verifyKept(receipt) };
  }
}

function linkTo({ id, createdAt, decision }: ConsentReceipt): ReceiptLink {
  return { id, at: createdAt, decision };
}
