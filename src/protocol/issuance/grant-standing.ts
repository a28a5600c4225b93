import { Injectable } from '@nestjs/common';
import { mayUse, type Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import { mayGrant } from '#interaction/index.js';
import { Clock } from '#platform/crypto/index.js';
import { SessionsService } from '#sessions/index.js';
import { grantAt, isLive, type Grant } from '#tokens/index.js';
import { UsersService } from '#users/index.js';
import { StandardScope } from '#standards/oidc.js';
import { InvalidGrant } from '../errors/oauth-error.js';
import { ClientTokens } from './client-tokens.js';

/** What is left of a grant now, or why nothing is. */
type Standing = { readonly grant: Grant } | { readonly problem: string; readonly cause: GrantFall };

/** Why nothing may be issued from a grant any more. */
type GrantFall = 'ended' | 'user-gone' | 'user-disabled' | 'group' | 'session-ended';

/** Whether a grant still stands: not ended, its user active, its session there unless it outlives it. */
@Injectable()
export class GrantStanding {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly clock: Clock,
    private readonly tokens: ClientTokens,
  ) {}

  /** The grant; throws `InvalidGrant` when nothing may be issued from it any more, and whatever says that its ID token cannot be. */
  async require(grant: Grant, client: Client): Promise<Grant> {
    const standing = await this.judge(grant, client);
    if ('problem' in standing) {
      throw new InvalidGrant(standing.problem, { decision: fallen(standing.cause, client) });
    }
    // now, so that neither code nor refresh token is used up for nothing
    if (standing.grant.scope.includes(StandardScope.OpenId)) await this.tokens.checkIdToken(client);
    return standing.grant;
  }

  /** The grant, or nothing when nothing may be issued from it any more. */
  async find(grant: Grant, client: Client): Promise<Grant | undefined> {
    const standing = await this.judge(grant, client);
    return 'problem' in standing ? undefined : standing.grant;
  }

  private async judge(given: Grant, client: Client): Promise<Standing> {
    const grant = grantAt(given, this.clock.now(), client.companyApprovedScope);
    if (!isLive(grant, this.clock.now())) return { problem: 'the grant has ended', cause: 'ended' };
    const user = await this.users.find(grant.userId);
    if (user === undefined) return { problem: 'the user is gone', cause: 'user-gone' };
    if (!mayUse(client, user)) {
      const cause = user.status === 'active' ? 'group' : 'user-disabled';
      return { problem: 'the user is disabled, or the client is not for them any more', cause };
    }
    if (!grant.offline && !(await this.hasSession(grant))) {
      return { problem: 'the session has ended', cause: 'session-ended' };
    }
    // what the user may not grant, or the client not ask for any more, is not issued any more
    const scope = grant.scope.filter((name) => mayGrant(user, name) && client.scope.includes(name));
    return { grant: { ...grant, scope } };
  }

  private async hasSession({ sessionId }: Grant): Promise<boolean> {
    return sessionId !== undefined && (await this.sessions.find(sessionId)) !== undefined;
  }
}

function fallen(cause: GrantFall, { clientId, allowedGroups }: Client): Decision {
  const facts = { cause, ...(cause === 'group' && { allowed_groups: allowedGroups ?? [] }) };
  return { rule: 'grant.fallen', clause: 'RFC 6749 §5.2', clientId, facts };
}
