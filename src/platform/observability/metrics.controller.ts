import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServerSettings } from '#platform/config/index.js';
import { ProblemDetails, ProblemDetailsFilter } from '#platform/http/index.js';
import { Metrics } from './metrics.js';
import { MetricsAccess } from './metrics-access.js';

/** The measurements for Prometheus, where they have no port of their own. */
@Controller('metrics')
@UseFilters(ProblemDetailsFilter)
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly access: MetricsAccess,
    private readonly server: ServerSettings,
  ) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.server.metricsPort !== undefined) throw new ProblemDetails({ status: 404 });
    if (!(await this.access.allows(request))) {
      throw new ProblemDetails({
        status: 401,
        detail: 'From elsewhere the metrics need a bearer token with the scope metrics:read.',
        headers: { 'www-authenticate': 'Bearer scope="metrics:read"' },
      });
    }
    await reply.header('content-type', this.metrics.mediaType).send(await this.metrics.text());
  }
}
