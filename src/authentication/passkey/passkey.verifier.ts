import { Injectable } from '@nestjs/common';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import type { Amr } from '#standards/amr.js';
import { passkeyAmr } from './passkey-amr.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import type { PresentedPasskey } from './passkey-response.js';
import type { PasskeyRow } from './passkey.entity.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { RelyingParty } from './relying-party.js';
import { webauthn } from './webauthn.js';

/** What an answer must fulfil, depending on what it is for. */
export interface AssertionWish {
  /** What the challenge was issued for. */
  readonly bindings: readonly string[];
  /** Whether the authenticator must have made sure who holds it. */
  readonly userVerification: boolean;
  /** Whether the answer must say whose the passkey is, as nothing else has said it. */
  readonly userHandle: boolean;
}

/** What came of an answer; the reason is for the log. */
export type AssertionVerdict =
  | { readonly outcome: 'proven'; readonly amr: readonly Amr[] }
  | { readonly outcome: 'refused'; readonly reason: string };

/** Judges the answer of an authenticator, as WebAuthn §7.2 lists the steps. */
@Injectable()
export class PasskeyVerifier {
  constructor(
    private readonly relyingParty: RelyingParty,
    private readonly challenges: PasskeyChallenges,
    private readonly passkeys: PasskeysRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async verify(presented: PresentedPasskey, passkey: PasskeyRow, wish: AssertionWish): Promise<AssertionVerdict> {
    // WebAuthn §7.2 step 6: whoever the passkey says it belongs to is whom we gave it to
    const handle = presented.userHandle ?? (wish.userHandle ? '' : undefined);
    if (handle !== undefined && handle !== this.relyingParty.userHandle(passkey.userId)) {
      return refused('the user handle is another');
    }
    // WebAuthn §7.2 step 11, §13.4.3: taken before anything is computed, so that no challenge is tried twice
    const use = await this.challenges.use(presented.challenge, wish.bindings);
    if (use !== 'accepted') return refused(`the challenge is ${use}`);
    const signed = await this.signed(presented, passkey, wish.userVerification);
    if ('reason' in signed) return refused(signed.reason);
    const { newCounter: signCount, credentialBackedUp: backedUp, credentialDeviceType, userVerified } = signed;
    const backupEligible = credentialDeviceType === 'multiDevice';
    // WebAuthn §7.2 step 19: whether a key can leave its device is decided when it is made
    if (backupEligible !== passkey.backupEligible) return refused('it cannot be backed up, or now can');
    if (!(await this.note({ ...passkey, signCount, backedUp }))) return refused('the signature counter went back');
    return { outcome: 'proven', amr: passkeyAmr({ backupEligible, userVerified }) };
  }

  /** WebAuthn §7.2 steps 10 to 21: type, origin, RP ID, flags and signature. */
  private async signed({ answer }: PresentedPasskey, passkey: PasskeyRow, requireUserVerification: boolean) {
    try {
      const { verifyAuthenticationResponse } = await webauthn();
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: answer as unknown as AuthenticationResponseJSON,
        expectedChallenge: () => true, // judged before
        expectedOrigin: [...this.relyingParty.origins],
        expectedRPID: this.relyingParty.id,
        requireUserVerification,
        credential: {
          id: passkey.credentialId,
          publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')),
          counter: 0, // judged where it is written
        },
      });
      return verified ? authenticationInfo : { reason: 'the signature is wrong' };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : 'the answer cannot be read' };
    }
  }

  /** WebAuthn §7.2 step 22: a counter that does not grow may mean that the key was copied; the answer is refused and told. */
  private note(passkey: PasskeyRow): Promise<boolean> {
    const { id, userId } = passkey;
    return this.transactions.run(async () => {
      const grown = await this.passkeys.noteSignature(passkey, this.clock.now());
      // one that was removed this very moment did not count backwards
      if (!grown && (await this.passkeys.find(id)) !== null)
        await this.events.publish('passkey.counter_regressed', { userId, passkeyId: id });
      return grown;
    });
  }
}

function refused(reason: string): AssertionVerdict {
  return { outcome: 'refused', reason };
}
