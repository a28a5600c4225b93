import { Injectable } from '@nestjs/common';
import { Clock, Random, SecretBox, SecretUnreadable, sha256 } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import type { SecondFactorRow } from './second-factor.entity.js';
import { SecondFactorsRepository } from './second-factors.repository.js';
import { matchingStep, seedFrom, typedCode } from './totp.js';

/** RFC 4226 §4 R6: 160 bits. */
const SEED_BYTES = 20;
/** How long a new key may wait for its first code, in milliseconds. */
const ENROLMENT_MS = 15 * 60_000;
/** The most apps that one user may have. */
const MOST_APPS = 5;

/** A key that waits for its first code. */
export interface AuthenticatorEnrolment {
  /** The key as apps take it. */
  readonly seed: string;
  /** The same sealed, for the form that brings the first code. */
  readonly sealed: string;
}

/** What became of the wish to add an app. */
export type AppAddition = 'added' | 'wrong-code' | 'expired' | 'too-many';

/** The authenticator apps of users (RFC 6238). */
@Injectable()
export class AuthenticatorApps {
  constructor(
    private readonly factors: SecondFactorsRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Makes a key for the user; it counts only when a code of it has come back. */
  begin(userId: string): AuthenticatorEnrolment {
    const seed = seedFrom(Buffer.from(this.random.secret(SEED_BYTES), 'base64url'));
    return { seed, sealed: this.sealed(userId, seed, this.clock.now().getTime() + ENROLMENT_MS) };
  }

  /** The same key once more, for a form that comes back; undefined when it is not ours, not this user's or too old. */
  resume(userId: string, sealed: string): AuthenticatorEnrolment | undefined {
    const seed = this.opened(userId, sealed);
    return seed === undefined ? undefined : { seed, sealed };
  }

  /** Keeps the key, as its first code shows that the app has it. */
  async add(userId: string, wish: Readonly<Record<'sealed' | 'code' | 'name', string>>): Promise<AppAddition> {
    const seed = this.opened(userId, wish.sealed);
    if (seed === undefined) return 'expired';
    const now = this.clock.now();
    const lastStep = matchingStep(seed, typedCode(wish.code), now);
    if (lastStep === undefined) return 'wrong-code';
    const id = this.random.id();
    return this.transactions.run(async () => {
      const apps = (await this.factors.findOfUser(userId)).filter(({ kind }) => kind === 'totp');
      if (apps.length >= MOST_APPS) return 'too-many';
      const row = { id, userId, kind: 'totp', name: wish.name, lastStep, createdAt: now, lastUsedAt: null } as const;
      const added = await this.factors.add({ ...row, digest: sha256(seed), seed: this.box.seal(seed, placeOf(id)) });
      if (added) await this.events.publish('factor.added', { userId, kind: 'totp', id });
      return 'added';
    });
  }

  /** Uses a code of one of the user's apps, each of its time steps once (RFC 6238 §5.2). */
  async use(userId: string, typed: string): Promise<boolean> {
    const now = this.clock.now();
    for (const row of await this.factors.findOfUser(userId)) {
      const step =
        row.seed === null ? undefined : matchingStep(await this.seedOf(row, row.seed), typedCode(typed), now);
      if (step !== undefined && (await this.factors.useStep(row.id, step, now))) return true;
    }
    return false;
  }

  /** A key that was sealed with an older of SECRET_KEYS is sealed anew, so that the old one can leave. */
  private async seedOf({ id }: SecondFactorRow, sealed: string): Promise<string> {
    const seed = this.box.open(sealed, placeOf(id));
    if (this.box.isOutdated(sealed)) await this.factors.reseal(id, sealed, this.box.seal(seed, placeOf(id)));
    return seed;
  }

  private sealed(userId: string, seed: string, until: number): string {
    return this.box.seal(JSON.stringify([seed, until]), enrolmentOf(userId));
  }

  private opened(userId: string, sealed: string): string | undefined {
    try {
      const [seed, until] = JSON.parse(this.box.open(sealed, enrolmentOf(userId))) as [string, number];
      return until > this.clock.now().getTime() ? seed : undefined;
    } catch (error) {
      if (error instanceof SecretUnreadable) return undefined;
      throw error;
    }
  }
}

function placeOf(id: string): string {
  return `second_factor ${id}`;
}

function enrolmentOf(userId: string): string {
  return `authenticator app of ${userId}`;
}
