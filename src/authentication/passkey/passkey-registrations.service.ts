import { Injectable, Logger } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { passkeyProvider } from './passkey-provider.js';
import { PasskeyRegistrationVerifier } from './passkey-registration.verifier.js';
import { presentedPasskey } from './passkey-response.js';
import type { PasskeyRow } from './passkey.entity.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { passkeyFrom, type Passkey } from './passkeys.service.js';

/** The most passkeys that one user may have. */
const MOST_PASSKEYS = 25;

/** What the script of our pages posted for a new passkey. */
export interface NewPasskey {
  readonly userId: string;
  /** The authenticator's answer as JSON (WebAuthn §5.1). */
  readonly answer: string;
  readonly browser: string;
  /** The name that the user chose; without it, what keeps the passkey gives one. */
  readonly name?: string | undefined;
  /** For when that is not known either. */
  readonly fallbackName: string;
}

/** What became of a new passkey. */
export type PasskeyRegistration =
  | { readonly outcome: 'registered'; readonly passkey: Passkey }
  | { readonly outcome: 'refused' | 'taken' | 'too-many' };

/** Takes in the passkeys that users make (WebAuthn §7.1). */
@Injectable()
export class PasskeyRegistrations {
  readonly #logger = new Logger('authentication');

  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly verifier: PasskeyRegistrationVerifier,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Keeps a new passkey; what else must have happened before, as a fresh sign-in, is the caller's to see to. */
  async register(wish: NewPasskey): Promise<PasskeyRegistration> {
    const presented = presentedPasskey(wish.answer);
    if (presented === undefined) return this.refused('the answer cannot be read');
    const verdict = await this.verifier.verify(presented, wish);
    if (verdict.outcome === 'refused') return this.refused(verdict.reason);
    const { credential } = verdict;
    return this.keep({
      ...credential,
      id: this.random.id(),
      userId: wish.userId,
      credentialDigest: sha256(credential.credentialId),
      name: wish.name ?? passkeyProvider(credential.aaguid) ?? wish.fallbackName,
      createdAt: this.clock.now(),
      lastUsedAt: null,
      doubtedAt: null,
    });
  }

  private keep(row: PasskeyRow): Promise<PasskeyRegistration> {
    const { id, userId } = row;
    return this.transactions.run(async () => {
      if ((await this.passkeys.countOfUser(userId)) >= MOST_PASSKEYS) return { outcome: 'too-many' };
      // WebAuthn §7.1 step 26: one credential, one user
      if (!(await this.passkeys.add(row))) return { outcome: 'taken' };
      await this.events.publish('factor.added', { userId, kind: 'passkey', id });
      return { outcome: 'registered', passkey: passkeyFrom(row) };
    });
  }

  private refused(reason: string): PasskeyRegistration {
    this.#logger.log({ msg: 'a new passkey was refused', reason });
    return { outcome: 'refused' };
  }
}
