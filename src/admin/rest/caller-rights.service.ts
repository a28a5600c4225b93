import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { adminStanding } from '#interaction/index.js';
import { ProblemDetails } from '#platform/http/index.js';
import { ActiveTokens, bearerOf, type ActiveToken } from '#protocol/index.js';
import { ADMIN_SCOPES } from '#resources/index.js';
import { ADMINISTRATORS_GROUP, typedName } from '#users/index.js';
import { FreshSignIns } from './roles/fresh-sign-ins.service.js';
import { isOfAdministration, rankProblem, type Ranked, type RankedCaller } from './roles/rank-rules.js';
import { decisionProblem } from './roles/role-rules.js';

/** Keeps callers of the admin API from giving anybody more than they have themselves. */
@Injectable()
export class CallerRights {
  constructor(
    private readonly activeTokens: ActiveTokens,
    private readonly fresh: FreshSignIns,
  ) {}

  /** Refuses a hand in a client that may ask for admin scopes which the caller does not bear. */
  async requireScopesOf(request: FastifyRequest, scopes: Iterable<string>): Promise<void> {
    const wanted = [...scopes].filter((name) => ADMIN_SCOPES.includes(name));
    if (wanted.length === 0) return;
    const own = await this.scopes(request);
    const beyond = wanted.filter((name) => !own.includes(name));
    if (beyond.length === 0) return;
    throw forbidden(`The client has admin scopes that this access token lacks: ${beyond.join(' ')}.`);
  }

  /**
   * Refuses to let a client come to admin scopes, or anybody to a client that has them, by people other than owners and by
   * programs without every admin scope: whoever acts as the client has no role, and what its scopes say.
   */
  async requireToEntrust(request: FastifyRequest, scopes: Iterable<string>): Promise<void> {
    const wanted = [...scopes].filter((name) => ADMIN_SCOPES.includes(name));
    if (wanted.length === 0) return;
    await this.requireScopesOf(request, wanted);
    const user = bearerOf(request)?.user;
    if (user === undefined) return this.requireAll(request, 'Admin scopes are given to clients');
    if (adminStanding(user) !== 'owner') throw forbidden('Only an owner gives admin scopes to clients.');
  }

  /** Refuses a hand in an administrator by a caller who does not bear every admin scope. */
  async requireAllForAdministrator(request: FastifyRequest, ...groups: (readonly string[])[]): Promise<void> {
    const concerned = groups.some((names) => names.some((name) => typedName(name) === ADMINISTRATORS_GROUP));
    if (!concerned) return;
    await this.requireAll(request, 'Administrators are changed');
    this.fresh.require(request);
  }

  /** Refuses a hand in somebody of the administration that the caller's rank does not reach; people need a fresh second factor for it. */
  async requireForRank(
    request: FastifyRequest,
    present: Ranked | undefined,
    wanted: Ranked | undefined,
  ): Promise<void> {
    if (!isOfAdministration(present, wanted)) return;
    const problem = rankProblem(await this.ranked(request), present, wanted);
    if (problem !== undefined) throw forbidden(problem);
    this.fresh.require(request);
  }

  /** The caller as the rules about ranks see them. */
  async ranked(request: FastifyRequest): Promise<RankedCaller> {
    return { user: bearerOf(request)?.user, hasAll: await this.hasAll(request) };
  }

  /** Wants a fresh second factor from people (RFC 9470 §3). */
  requireFresh(request: FastifyRequest): void {
    this.fresh.require(request);
  }

  /** Refuses a hand in members of a client that are not the caller's to decide, however they come to change. */
  requireToDecide(request: FastifyRequest, members: readonly string[]): void {
    const user = bearerOf(request)?.user;
    const standing = user && adminStanding(user);
    const problem = standing && decisionProblem(standing, members);
    if (problem !== undefined) throw forbidden(problem);
  }

  /** The only owner whose clients the caller may see; nothing for those who see all. */
  onlyOwner(request: FastifyRequest): string | undefined {
    const user = bearerOf(request)?.user;
    return user !== undefined && adminStanding(user) === 'client_manager' ? user.id : undefined;
  }

  /** Tells whether the caller bears every admin scope. */
  async hasAll(request: FastifyRequest): Promise<boolean> {
    const own = await this.scopes(request);
    return ADMIN_SCOPES.every((name) => own.includes(name));
  }

  /** Refuses a caller who does not bear every admin scope what is only theirs. */
  async requireAll(request: FastifyRequest, what: string): Promise<void> {
    if (!(await this.hasAll(request))) throw forbidden(`${what} only with an access token that has every admin scope.`);
  }

  /** Tells whether the caller bears a scope. */
  async bears(request: FastifyRequest, scope: string): Promise<boolean> {
    return (await this.scopes(request)).includes(scope);
  }

  /** Who calls: the client, and the user it acts for or itself. */
  async identity(request: FastifyRequest): Promise<{ readonly clientId: string; readonly subject: string }> {
    const active = await this.active(request);
    return { clientId: active?.token.clientId ?? '', subject: active?.token.subject ?? '' };
  }

  private async scopes(request: FastifyRequest): Promise<readonly string[]> {
    return (await this.active(request))?.token.scope ?? [];
  }

  private active(request: FastifyRequest): Promise<ActiveToken | undefined> {
    const known = bearerOf(request);
    if (known !== undefined) return Promise.resolve(known);
    const { authorization = '' } = request.headers;
    return this.activeTokens.find(authorization.replace(/^bearer +/i, '').trimEnd());
  }
}

function forbidden(detail: string): ProblemDetails {
  return new ProblemDetails({ status: 403, detail });
}
