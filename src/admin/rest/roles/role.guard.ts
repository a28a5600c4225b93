import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientsService } from '#clients/index.js';
import { adminStanding } from '#interaction/index.js';
import { ProblemDetails } from '#platform/http/index.js';
import { bearerOf } from '#protocol/index.js';
import type { User } from '#users/index.js';
import { OperationOf, type OperationFacts } from '../operation.js';
import { notFound } from '../outcomes.js';
import { FreshSignIns } from './fresh-sign-ins.service.js';
import { roleProblem } from './role-rules.js';

const READS = ['GET', 'HEAD'];

/** Holds people who bear a scope of the admin API to what their role lets them do with it; programs have none. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(
    private readonly clients: ClientsService,
    private readonly fresh: FreshSignIns,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const user = bearerOf(request)?.user;
    if (user === undefined) return true;
    const standing = adminStanding(user);
    const { method, body } = request;
    const facts = Reflect.getMetadata(OperationOf.KEY, context.getHandler()) as OperationFacts;
    const reads = READS.includes(method) || facts.reads === true;
    const question = { method, reads, route: request.routeOptions.url ?? '', body };
    const problem = standing === undefined ? 'You have no role here.' : roleProblem(standing, question);
    if (problem !== undefined) throw new ProblemDetails({ status: 403, detail: problem });
    if (standing === 'client_manager') await this.requireOwn(request, user);
    if (facts.sensitive === true) this.fresh.require(request);
    return true;
  }

  /** To its manager, a client of somebody else is not there. */
  private async requireOwn(request: FastifyRequest, user: User): Promise<void> {
    const { client_id: clientId } = request.params as Readonly<Record<string, string | undefined>>;
    if (clientId !== undefined && (await this.clients.find(clientId))?.owner !== user.id) throw notFound();
  }
}
