import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { EventBus, type SignInFailure } from '#platform/events/index.js';
import { typedName, type User } from '#users/index.js';
import { SignInMetrics } from './sign-in-metrics.js';
import type { SprayAlarm } from './spray/spray-detector.service.js';
import type { Attempt } from './throttling/attempts.service.js';

/** A proof that was refused: what was typed or is known of whose it was, and why. */
export interface RefusedProof {
  /** What was typed as the name. */
  readonly typed?: string | undefined;
  /** Whom that means, if anybody. */
  readonly user?: Pick<User, 'id' | 'username'> | undefined;
  readonly address?: string | undefined;
  readonly reason: SignInFailure;
}

/** Says that a proof was refused, and that an account is closed for a while; the same is written for a name that nobody has. */
@Injectable()
export class SignInFailures {
  constructor(
    private readonly events: EventBus,
    private readonly transactions: Transactions,
    private readonly metrics: SignInMetrics,
  ) {}

  async tell(refused: RefusedProof, attempt: Told): Promise<void> {
    const { reason, address } = refused;
    const who = whoFailed(refused);
    await this.transactions.run(async () => {
      await this.events.publish('sign_in.failed', { ...who, ...(address === undefined ? {} : { address }), reason });
      const until = await attempt.closed();
      if (until !== undefined) await this.events.publish('user.locked', { ...who, until: until.toISOString() });
      await this.tellSprays((await attempt.sprayed?.()) ?? [], address);
    });
  }

  private async tellSprays(alarms: readonly SprayAlarm[], address: string | undefined): Promise<void> {
    for (const { kind, names, until } of alarms) {
      const from = address === undefined ? {} : { address };
      await this.events.publish('sign_in.spray_detected', { kind, names, until: until.toISOString(), ...from });
      this.metrics.sprayed(kind);
    }
  }
}

/** What the counters say of the failure; a factor after the first one is no part of a spray. */
type Told = Pick<Attempt, 'closed'> & Partial<Pick<Attempt, 'sprayed'>>;

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A name that nobody has may be a password that slipped into the wrong field, so only what is an address is told. */
export function whoFailed({ typed, user }: Pick<RefusedProof, 'typed' | 'user'>): {
  readonly userId?: string;
  readonly username?: string;
} {
  if (user !== undefined) return { userId: user.id, username: user.username };
  const name = typed === undefined ? undefined : typedName(typed);
  return name !== undefined && ADDRESS.test(name) ? { username: name } : {};
}
