import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { InteractionEntity } from './interaction.entity.js';

const EVERY_SECONDS = 60;

/** Deletes interactions that nobody will ask about any more, in bounded batches. */
@Injectable()
export class PurgeInteractionsJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-interactions', { everySeconds: EVERY_SECONDS, entities: [InteractionEntity] });
  }
}
