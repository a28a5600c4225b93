import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Metrics } from '#platform/observability/index.js';
import type { SprayKind } from './spray/spray-policy.js';

/** Shows operators how attempts to sign in end. */
@Injectable()
export class SignInMetrics {
  private readonly attempts: Counter;
  private readonly sprays: Counter;

  constructor({ registry }: Metrics) {
    this.attempts = new Counter({
      name: 'gatehouse_sign_ins_total',
      help: 'Attempts to sign in, by what came of them: authenticated, refused or throttled.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.sprays = new Counter({
      name: 'gatehouse_sign_in_sprays_total',
      help: 'Sprays that were noticed: one address, or one password, that failed for many accounts.',
      labelNames: ['kind'],
      registers: [registry],
    });
  }

  /** Counts a spray that was noticed. */
  sprayed(kind: SprayKind): void {
    this.sprays.inc({ kind });
  }

  /** Counts an attempt. */
  attempted(outcome: 'authenticated' | 'refused' | 'throttled'): void {
    this.attempts.inc({ outcome });
  }
}
