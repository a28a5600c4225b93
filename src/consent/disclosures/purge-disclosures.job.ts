import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { ClaimDisclosureEntity } from './claim-disclosure.entity.js';

const EVERY_SECONDS = 3600;

/** Deletes what was released longer ago than the operator wants it to be known. */
@Injectable()
export class PurgeDisclosuresJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    const plan = { everySeconds: EVERY_SECONDS, entities: [ClaimDisclosureEntity] };
    this.purges.register('purge-claim-disclosures', plan);
  }
}
