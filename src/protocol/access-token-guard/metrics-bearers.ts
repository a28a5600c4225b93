import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MetricsAccess } from '#platform/observability/index.js';
import { OAuthError } from '../errors/oauth-error.js';
import { AccessTokenGuard } from './access-token.guard.js';

const METRICS_SCOPE = 'metrics:read';

/** Lets programs elsewhere read the metrics when they bear a token with `metrics:read` (RFC 6750 §2.1). */
@Injectable()
export class MetricsBearers implements OnModuleInit {
  constructor(
    private readonly metrics: MetricsAccess,
    private readonly guard: AccessTokenGuard,
  ) {}

  onModuleInit(): void {
    this.metrics.admit((request) => this.mayRead(request));
  }

  private async mayRead(request: FastifyRequest): Promise<boolean> {
    try {
      await this.guard.check(request, METRICS_SCOPE);
      return true;
    } catch (error) {
      if (error instanceof OAuthError) return false;
      throw error;
    }
  }
}
