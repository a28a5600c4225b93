import { Injectable } from '@nestjs/common';
import { ClientsService, mayUse, type Client } from '#clients/index.js';
import { Clock } from '#platform/crypto/index.js';
import {
  AccessTokensService,
  grantAt,
  isLive,
  RevokedTimes,
  type AccessToken,
  type Grant,
  type PresentedAccessToken,
} from '#tokens/index.js';
import { UsersService, type User } from '#users/index.js';

/** An access token that is good now, with all that makes it so. */
export interface ActiveToken {
  readonly token: AccessToken;
  readonly client: Client;
  readonly grant: Grant | undefined;
  /** The user who granted it; a client's own token has none. */
  readonly user: User | undefined;
}

/** How far the clocks of two replicas may be apart. */
const CLOCK_SKEW_SECONDS = 10;

/** Says whether an access token is good now: known, unrevoked, its grant, user and client too (RFC 7662 §4). */
@Injectable()
export class ActiveTokens {
  constructor(
    private readonly tokens: AccessTokensService,
    private readonly times: RevokedTimes,
    private readonly clients: ClientsService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /** The token behind a presented value; nothing when it is not good for whatever reason. */
  async find(value: string): Promise<ActiveToken | undefined> {
    const presented = await this.tokens.find(value);
    if (presented === undefined) return undefined;
    const { token, grant } = presented;
    if (token.format === 'jwt' && (await this.endedWithItsTime(presented))) return undefined;
    const client = await this.clients.known(token.clientId);
    if (client?.status !== 'active' || isEnded(token, client.tokensRevokedBefore)) return undefined;
    // an earlier client may have had the same id; the clocks of replicas differ a little
    if (second(token.issuedAt) + CLOCK_SKEW_SECONDS < second(client.createdAt)) return undefined;
    return grant === undefined ? { token, client, grant, user: undefined } : this.granted(token, client, grant);
  }

  /** Opaque tokens have rows, which have gone with their time. */
  private endedWithItsTime({ token, grant }: PresentedAccessToken): Promise<boolean> {
    const { issuedAt, clientId } = token;
    return this.times.ended({ issuedAt, clientId, userId: grant?.userId });
  }

  private async granted(token: AccessToken, client: Client, grant: Grant): Promise<ActiveToken | undefined> {
    const left = grantAt(grant, this.clock.now(), client.companyApprovedScope);
    if (!isLive(left, this.clock.now())) return undefined;
    const user = await this.users.find(grant.userId);
    if (user === undefined || isEnded(token, user.tokensRevokedBefore) || !mayUse(client, user)) return undefined;
    // what was taken back, or was approved until before, is not in the token any more either
    const scope = token.scope.filter((name) => left.scope.includes(name));
    return scope.length === 0 ? undefined : { token: { ...token, scope }, client, grant: left, user };
  }
}

/** A mark on a client or user ends every token issued until then; of the same second all, as `iat` counts seconds. */
function isEnded({ issuedAt }: AccessToken, mark: Date | undefined): boolean {
  return mark !== undefined && second(issuedAt) <= second(mark);
}

function second(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
