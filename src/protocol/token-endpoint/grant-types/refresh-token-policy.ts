import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { TokenLifetimes } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { RefreshTokensService, type Grant, type RefreshTokenLifetimes } from '#tokens/index.js';

const DAY_SECONDS = 24 * 60 * 60;
/** The most that an access token made from the last refresh can live, in seconds. */
const LONGEST_ACCESS_TOKEN = 3600;

/** How long refresh tokens live and whether they rotate, by client record and profile. */
@Injectable()
export class RefreshTokenPolicy {
  constructor(
    private readonly tokens: RefreshTokensService,
    private readonly defaults: TokenLifetimes,
    private readonly clock: Clock,
  ) {}

  lifetimes(client: Client): RefreshTokenLifetimes {
    // OAuth 2.0 for Browser-Based Applications: an absolute limit for tokens that live in a browser
    const absolute = client.profile === 'browser' ? DAY_SECONDS : this.defaults.refreshTokenAbsolute;
    const absoluteSeconds = client.refreshTokenLifetime ?? absolute;
    const idleSeconds = client.refreshTokenIdleLifetime ?? this.defaults.refreshTokenIdle;
    return { absoluteSeconds, idleSeconds: Math.min(idleSeconds, absoluteSeconds) };
  }

  /** When a grant with a refresh token ends: with the last access token that the family can yield. */
  grantEnd({ absoluteSeconds }: RefreshTokenLifetimes): Date {
    return new Date(this.clock.now().getTime() + (absoluteSeconds + LONGEST_ACCESS_TOKEN) * 1000);
  }

  /** Starts the family of a grant. */
  start(grant: Grant, client: Client, lifetimes: RefreshTokenLifetimes): Promise<string> {
    return this.tokens.start(grant.id, client.clientId, lifetimes);
  }
}
