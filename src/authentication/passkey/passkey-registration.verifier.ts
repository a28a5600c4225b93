import { Injectable } from '@nestjs/common';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { PasswordsService } from '../password/passwords.service.js';
import { isPlainAttestation } from './attestation.js';
import { CHALLENGE_FOR } from './passkey-ceremonies.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import type { PresentedPasskey } from './passkey-response.js';
import type { PasskeyRow } from './passkey.entity.js';
import { RelyingParty } from './relying-party.js';
import { webauthn } from './webauthn.js';

/** Whose passkey it will be, and in which browser it was made. */
export interface RegistrationWish {
  readonly userId: string;
  readonly browser: string;
}

/** What a new passkey is, or why it is none; the reason is for the log. */
export type RegistrationVerdict =
  | {
      readonly outcome: 'proven';
      readonly credential: Omit<
        PasskeyRow,
        'id' | 'userId' | 'name' | 'createdAt' | 'lastUsedAt' | 'doubtedAt' | 'credentialDigest'
      >;
    }
  | { readonly outcome: 'refused'; readonly reason: string };

/** Judges a new passkey, as WebAuthn §7.1 lists the steps. */
@Injectable()
export class PasskeyRegistrationVerifier {
  constructor(
    private readonly relyingParty: RelyingParty,
    private readonly challenges: PasskeyChallenges,
    private readonly passwords: PasswordsService,
  ) {}

  async verify(presented: PresentedPasskey, { userId, browser }: RegistrationWish): Promise<RegistrationVerdict> {
    // WebAuthn §7.1 step 8, §13.4.3: taken before anything is computed, so that no challenge is tried twice
    const use = await this.challenges.use(presented.challenge, CHALLENGE_FOR.registration(browser, userId));
    if (use !== 'accepted') return refused(`the challenge is ${use}`);
    const { answer, transports } = presented;
    if (!(await isPlainAttestation((answer['response'] as Record<string, unknown>)['attestationObject']))) {
      return refused('the attestation was not asked for, or cannot be read');
    }
    try {
      const { verifyRegistrationResponse } = await webauthn();
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: answer as unknown as RegistrationResponseJSON,
        expectedChallenge: () => true, // judged before
        expectedOrigin: [...this.relyingParty.origins],
        expectedRPID: this.relyingParty.id,
        // A passkey that stands alone must make sure who holds it
        requireUserVerification: !(await this.passwords.has(userId)),
      });
      if (!verified) return refused('the attestation is wrong');
      const { credential, aaguid, credentialDeviceType, credentialBackedUp: backedUp } = registrationInfo;
      const publicKey = Buffer.from(credential.publicKey).toString('base64url');
      const backupEligible = credentialDeviceType === 'multiDevice';
      const { id: credentialId, counter: signCount } = credential;
      const made = { credentialId, publicKey, signCount, transports, backupEligible, backedUp, aaguid };
      return credentialId === presented.credentialId
        ? { outcome: 'proven', credential: made }
        : refused('the id of the passkey is another than the signed one');
    } catch (error) {
      return refused(error instanceof Error ? error.message : 'the answer cannot be read');
    }
  }
}

function refused(reason: string): RegistrationVerdict {
  return { outcome: 'refused', reason };
}
