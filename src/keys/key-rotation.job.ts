import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { ExpiredRows } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { LastingSignatures } from './lasting-signatures.service.js';
import { KeyRing } from './key-ring.service.js';
import { SigningKeyEntity } from './signing-key.entity.js';

const EVERY_SECONDS = 3600;

/** Follows up old keys, and forgets those that nothing valid was signed with, but for their public halves. */
@Injectable()
export class KeyRotationJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly ring: KeyRing,
    private readonly signatures: LastingSignatures,
    private readonly expired: ExpiredRows,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register('key-rotation', EVERY_SECONDS, () => this.run());
  }

  /** One turn of the job. */
  async run(): Promise<void> {
    await this.ring.rotateDue();
    await this.signatures.keepExpired();
    await this.expired.deleteExpired(SigningKeyEntity, this.clock.now());
  }
}
