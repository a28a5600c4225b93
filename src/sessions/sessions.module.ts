import { Module } from '@nestjs/common';
import { ClientSessionsRepository } from './client-sessions.repository.js';
import { PurgeSessionsJob } from './purge-sessions.job.js';
import { SessionEndings } from './session-endings.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** A browser's sign-in here, and its end. */
@Module({
  providers: [ClientSessionsRepository, SessionsRepository, SessionsService, SessionEndings, PurgeSessionsJob],
  exports: [SessionsService],
})
export class SessionsModule {}
