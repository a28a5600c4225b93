import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { InteractionEntity } from './interaction.entity.js';
import { PendingSignInEntity } from './sign-in-steps/pending-sign-in.entity.js';

const EVERY_SECONDS = 60;

/** Deletes interactions and begun sign-ins that nobody will ask about any more, in bounded batches. */
@Injectable()
export class PurgeInteractionsJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    const entities = [PendingSignInEntity, InteractionEntity];
    this.purges.register('purge-interactions', { everySeconds: EVERY_SECONDS, entities });
  }
}
