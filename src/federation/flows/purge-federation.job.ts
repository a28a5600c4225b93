import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { PendingLinkEntity } from '../linking/pending-link.entity.js';
import { UpstreamFlowEntity } from './upstream-flow.entity.js';

const EVERY_SECONDS = 60;

/** Deletes sign-ins through providers that nobody will come back to, in bounded batches. */
@Injectable()
export class PurgeFederationJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-federation', {
      everySeconds: EVERY_SECONDS,
      entities: [UpstreamFlowEntity, PendingLinkEntity],
    });
  }
}
