import { Module } from '@nestjs/common';
import { OutboxModule } from '#platform/events/index.js';
import { DevMailbox } from './dev-mailbox.js';
import { DevMailsController } from './dev-mails.controller.js';
import { Letters } from './letters.js';
import { MailDelivery } from './mail-delivery.js';
import { Mails } from './mails.service.js';

/** Mails to people, in their language, through the outbox. */
@Module({
  imports: [OutboxModule],
  controllers: [DevMailsController],
  providers: [Letters, Mails, MailDelivery, DevMailbox],
  exports: [Mails],
})
export class MailsModule {}
