import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { passkeyProvider } from './passkey-provider.js';
import type { PasskeyRow } from './passkey.entity.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** A passkey as its user sees it. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  /** The program or device that keeps it, where that is known. */
  readonly provider: string | undefined;
  /** Whether it is copied to the user's other devices. */
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
  /** It may be an intruder's, so that it signs nobody in alone. */
  readonly doubted: boolean;
}

/** What became of the wish to remove a passkey. */
export type PasskeyRemoval = 'removed' | 'unknown' | 'needed';

/** The passkeys that users have. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** The passkeys of a user, the oldest first. */
  async listByUser(userId: string): Promise<Passkey[]> {
    return (await this.passkeys.findOfUser(userId)).map(passkeyFrom);
  }

  countOfUser(userId: string): Promise<number> {
    return this.passkeys.countOfUser(userId);
  }

  /** Gives a passkey of the user another name. */
  rename(userId: string, id: string, name: string): Promise<boolean> {
    return this.passkeys.rename(id, userId, name);
  }

  /** Lets those that a user has had only since a moment sign nobody in alone any more: they may be an intruder's. */
  doubt(userId: string, since: Date): Promise<void> {
    return this.passkeys.doubt(userId, since, this.clock.now());
  }

  /** Removes a passkey of the user, the last one only if none must be left. */
  async remove(userId: string, id: string, { keepOne }: { readonly keepOne: boolean }): Promise<PasskeyRemoval> {
    return this.transactions.run(async () => {
      const held = await this.passkeys.hold(userId);
      if (keepOne && held === 1) return 'needed';
      if (!(await this.passkeys.remove(id, userId))) return 'unknown';
      await this.events.publish('factor.removed', { userId, kind: 'passkey', id });
      return 'removed';
    });
  }
}

/** A row as its user sees it. */
export function passkeyFrom({ id, name, aaguid, backedUp, createdAt, lastUsedAt, doubtedAt }: PasskeyRow): Passkey {
  const doubted = doubtedAt !== null;
  return {
    id,
    name,
    provider: passkeyProvider(aaguid),
    backedUp,
    createdAt,
    lastUsedAt: lastUsedAt ?? undefined,
    doubted,
  };
}
