import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsService, Purges } from '#platform/jobs/index.js';
import { OutboxCourier } from './outbox-courier.js';
import { OutboxEntity } from './outbox.entity.js';

const DELIVER_EVERY_SECONDS = 5;
const PURGE_EVERY_SECONDS = 60;

/** Delivers what is due, whoever wrote it and whatever became of that process, and deletes what was kept long enough. */
@Injectable()
export class OutboxJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly courier: OutboxCourier,
    private readonly purges: Purges,
  ) {}

  onModuleInit(): void {
    this.jobs.register('deliver-outbox', DELIVER_EVERY_SECONDS, (signal) => this.courier.deliverDue(signal));
    this.purges.register('purge-outbox', { everySeconds: PURGE_EVERY_SECONDS, entities: [OutboxEntity] });
  }
}
