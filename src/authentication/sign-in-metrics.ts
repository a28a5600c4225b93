import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Metrics } from '#platform/observability/index.js';

/** Shows operators how attempts to sign in end. */
@Injectable()
export class SignInMetrics {
  private readonly attempts: Counter;

  constructor({ registry }: Metrics) {
    this.attempts = new Counter({
      name: 'gatehouse_sign_ins_total',
      help: 'Attempts to sign in, by what came of them: authenticated, refused or throttled.',
      labelNames: ['outcome'],
      registers: [registry],
    });
  }

  /** Counts an attempt. */
  attempted(outcome: 'authenticated' | 'refused' | 'throttled'): void {
    this.attempts.inc({ outcome });
  }
}
