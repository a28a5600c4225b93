import { Module } from '@nestjs/common';
import { OutboxCourier } from './outbox-courier.js';
import { OutboxJobs } from './outbox.jobs.js';
import { OutboxMetrics } from './outbox-metrics.js';
import { OutboxRepository } from './outbox.repository.js';
import { Outbox } from './outbox.js';

/** What is carried outside after a commit, at least once. */
@Module({
  providers: [OutboxRepository, OutboxMetrics, OutboxCourier, Outbox, OutboxJobs],
  exports: [Outbox, OutboxCourier],
})
export class OutboxModule {}
