import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsService } from '#platform/jobs/index.js';
import { AuditStream } from './audit-stream.service.js';

const EVERY_SECONDS = 2;

/** Tells each destination what was sealed, in one process at a time; one that is down holds up no other. */
@Injectable()
export class StreamAuditJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly stream: AuditStream,
  ) {}

  onModuleInit(): void {
    for (const destination of this.stream.destinations) {
      this.jobs.register(`stream-audit-${destination.name}`, EVERY_SECONDS, (signal) =>
        this.stream.run(destination, signal),
      );
    }
  }
}
