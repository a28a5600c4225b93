import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { ConsentReceiptEntity } from './consent-receipt.entity.js';

const EVERY_SECONDS = 3600;

/** Deletes receipts that were kept for as long as the operator wants it after what they allowed. */
@Injectable()
export class PurgeReceiptsJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-consent-receipts', { everySeconds: EVERY_SECONDS, entities: [ConsentReceiptEntity] });
  }
}
