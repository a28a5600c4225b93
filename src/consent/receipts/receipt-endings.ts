import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { ConsentReceiptsService } from './consent-receipts.service.js';

/** Lets receipts run out once what they are about has ended, inside the transaction that ends it. */
@Injectable()
export class ReceiptEndings {
  constructor(private readonly receipts: ConsentReceiptsService) {}

  @OnEvent('consent.withdrawn')
  async withdrawn({ userId, clientId }: EventCatalogue['consent.withdrawn']): Promise<void> {
    await this.receipts.end({ userId, clientId });
  }

  @OnEvent('user.deleted')
  async userDeleted({ userId }: EventCatalogue['user.deleted']): Promise<void> {
    await this.receipts.end({ userId });
  }

  @OnEvent('client.deleted')
  async clientDeleted({ clientId }: EventCatalogue['client.deleted']): Promise<void> {
    await this.receipts.end({ clientId });
  }
}
