import { Injectable } from '@nestjs/common';
import { Clock, SecretBox, SecretUnreadable } from '#platform/crypto/index.js';
import type { LogoutRequest } from './logout-request.js';

const CONTEXT = 'logout-request';
const LIFETIME_MS = 1_800_000;

/** Carries a validated request through the confirmation page and back, readable and changeable only here. */
@Injectable()
export class SealedLogoutRequests {
  constructor(
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  seal(request: LogoutRequest): string {
    const until = this.clock.now().getTime() + LIFETIME_MS;
    return this.box.seal(JSON.stringify({ request, until }), CONTEXT);
  }

  /** The request, or nothing when it was not sealed here or lay too long. */
  open(sealed: string | undefined): LogoutRequest | undefined {
    try {
      const { request, until } = JSON.parse(this.box.open(sealed ?? '', CONTEXT)) as {
        request: LogoutRequest;
        until: number;
      };
      return until > this.clock.now().getTime() ? request : undefined;
    } catch (error) {
      if (error instanceof SecretUnreadable) return undefined;
      throw error;
    }
  }
}
