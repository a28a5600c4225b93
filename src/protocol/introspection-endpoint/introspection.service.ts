import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { ResourcesService } from '#resources/index.js';
import { RefreshTokensService } from '#tokens/index.js';
import { ActiveTokens, type ActiveToken } from '../access-token-guard/active-tokens.service.js';
import { ClaimRelease } from '../claims/claim-release.js';
import { GrantStanding } from '../issuance/grant-standing.js';
import { TokenFacts, type IntrospectionResponse } from './token-facts.js';

const INACTIVE: IntrospectionResponse = { active: false };

/** Answers what a token is worth now, to those who may know (RFC 7662 §4). */
@Injectable()
export class IntrospectionService {
  constructor(
    private readonly activeTokens: ActiveTokens,
    private readonly refreshTokens: RefreshTokensService,
    private readonly standing: GrantStanding,
    private readonly resources: ResourcesService,
    private readonly about: TokenFacts,
    private readonly release: ClaimRelease,
  ) {}

  /** The hint is not needed: the form of the value says what it can be. */
  async introspect(value: string, caller: Client): Promise<IntrospectionResponse> {
    const active = await this.activeTokens.find(value);
    if (active === undefined) return this.refreshToken(value, caller);
    if (!(await this.mayKnow(active, caller))) return INACTIVE;
    const { client, user, token } = active;
    const mapped = await this.release.forAccessToken(client, { userId: user?.id, user }, token.scope);
    return this.about.accessToken(active, mapped);
  }

  /** The client that a token was issued to, or one that its resource names. */
  private async mayKnow({ token, client }: ActiveToken, caller: Client): Promise<boolean> {
    if (client.clientId === caller.clientId) return true;
    for (const identifier of token.audience) {
      const resource = await this.resources.knownByIdentifier(identifier);
      if (resource?.introspectionClients.includes(caller.clientId) === true) return true;
    }
    return false;
  }

  /** Refresh tokens: only to the client that owns them, only the current one. */
  private async refreshToken(value: string, caller: Client): Promise<IntrospectionResponse> {
    const token = await this.refreshTokens.find(value);
    if (token?.state !== 'current' || token.clientId !== caller.clientId) return INACTIVE;
    const grant = await this.standing.find(token.grant, caller);
    return grant === undefined ? INACTIVE : this.about.refreshToken(token, grant, caller);
  }
}
