import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { Gatherings, isWorthNoting, type Gathering } from '#platform/jobs/index.js';
import { ClientSecretsRepository } from './client-secrets.repository.js';

interface SecretUse {
  readonly id: string;
  readonly at: Date;
}

/** Notes when clients authenticated with which secret: a moment later, and at most once an hour for each. */
@Injectable()
export class ClientSecretUses {
  readonly #gathering: Gathering<SecretUse>;

  constructor(
    private readonly secrets: ClientSecretsRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    gatherings: Gatherings,
  ) {
    this.#gathering = gatherings.open<SecretUse>({
      name: 'uses of client secrets',
      merge: (_earlier, later) => later,
      write: (uses) => this.transactions.run(() => this.#write(uses)),
    });
  }

  /** Notes that a client has proven itself with a secret now. */
  note(id: string): void {
    this.#gathering.note(id, { id, at: this.clock.now() });
  }

  /** A secret that was ended meanwhile has no row to write to. */
  async #write(uses: readonly SecretUse[]): Promise<void> {
    const known = new Map((await this.secrets.findMany(uses.map(({ id }) => id))).map((row) => [row.id, row]));
    for (const { id, at } of uses) {
      const row = known.get(id);
      if (row !== undefined && isWorthNoting(at, row.lastUsedAt ?? undefined)) await this.secrets.noteUse(row, at);
    }
  }
}
