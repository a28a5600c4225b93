import { Injectable } from '@nestjs/common';
import { TokenLifetimes } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import type { AuthorizationRequest } from './authorization-request.js';

/** The most that an access token made from a grant can live, in seconds. */
const LONGEST_ACCESS_TOKEN = 3600;

/** How long codes and the grants they stand for live. */
@Injectable()
export class IssueTimes {
  constructor(
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
  ) {}

  /** Seconds in which a code must be redeemed. */
  codeLifetime({ client }: AuthorizationRequest): number {
    return client.authorizationCodeLifetime ?? this.lifetimes.authorizationCode;
  }

  /** When a grant ends unless a refresh token keeps it: with the last access token its code can yield. */
  grantEnd(codeLifetime: number): Date {
    return new Date(this.clock.now().getTime() + (codeLifetime + LONGEST_ACCESS_TOKEN) * 1000);
  }
}
