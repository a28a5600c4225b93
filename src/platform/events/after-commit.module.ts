import { Module } from '@nestjs/common';
import { AfterCommitHooks } from './after-commit-hooks.js';
import { OutboxModule } from './outbox.module.js';

/** What is done in this service once something is committed. */
@Module({ imports: [OutboxModule], providers: [AfterCommitHooks] })
export class AfterCommitModule {}
