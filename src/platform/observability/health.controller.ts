import { Controller, Get, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ProblemDetailsFilter } from '#platform/http/index.js';
import { Readiness } from './readiness.js';

/** Whether the process lives, and whether it should get requests. */
@Controller('health')
@UseFilters(ProblemDetailsFilter)
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.readiness.report();
    await reply.code(report.status === 'ready' ? 200 : 503).send(report);
  }
}
