import { Injectable } from '@nestjs/common';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { User } from '#users/index.js';
import { PasswordsService } from '../password/passwords.service.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import type { PasskeyRow } from './passkey.entity.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { RelyingParty } from './relying-party.js';
import { webauthn } from './webauthn.js';

/** As long as the challenge lives. */
const TIMEOUT_MS = 5 * 60_000;

/** What a challenge is for, and for whom: an answer to one is none to another. */
export const CHALLENGE_FOR = {
  signIn: (browser: string): readonly string[] => ['sign-in', browser],
  secondFactor: (browser: string, userId: string): readonly string[] => ['second-factor', browser, userId],
  registration: (browser: string, userId: string): readonly string[] => ['registration', browser, userId],
};

/** What a browser is asked to do with passkeys, as the script of our pages hands it on (WebAuthn §5.4, §5.5). */
@Injectable()
export class PasskeyCeremonies {
  constructor(
    private readonly relyingParty: RelyingParty,
    private readonly challenges: PasskeyChallenges,
    private readonly passkeys: PasskeysRepository,
    private readonly passwords: PasswordsService,
  ) {}

  /** Signing in with nothing else: with any passkey that the browser finds, if it makes sure who holds it. */
  async signIn(browser: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { generateAuthenticationOptions } = await webauthn();
    return generateAuthenticationOptions({
      rpID: this.relyingParty.id,
      challenge: this.challenges.issue(CHALLENGE_FOR.signIn(browser)),
      userVerification: 'required',
      timeout: TIMEOUT_MS,
    });
  }

  /** Proving a second factor with one of the passkeys of the user. */
  async secondFactor(browser: string, userId: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { generateAuthenticationOptions } = await webauthn();
    const known = await this.passkeys.findOfUser(userId);
    return generateAuthenticationOptions({
      rpID: this.relyingParty.id,
      challenge: this.challenges.issue(CHALLENGE_FOR.secondFactor(browser, userId)),
      userVerification: 'preferred',
      allowCredentials: known.map(descriptor),
      timeout: TIMEOUT_MS,
    });
  }

  /** Making a passkey; for a user without a password it must be able to stand alone. */
  async registration(
    browser: string,
    { id, username, claims }: Pick<User, 'id' | 'username' | 'claims'>,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { generateRegistrationOptions } = await webauthn();
    const alone = !(await this.passwords.has(id));
    const known = await this.passkeys.findOfUser(id);
    return generateRegistrationOptions({
      rpID: this.relyingParty.id,
      rpName: this.relyingParty.name,
      userID: Uint8Array.from(Buffer.from(this.relyingParty.userHandle(id), 'base64url')),
      userName: username,
      userDisplayName: claims.name ?? username,
      challenge: this.challenges.issue(CHALLENGE_FOR.registration(browser, id)),
      attestationType: 'none',
      excludeCredentials: known.map(descriptor),
      authenticatorSelection: {
        residentKey: alone ? 'required' : 'preferred',
        userVerification: alone ? 'required' : 'preferred',
      },
      timeout: TIMEOUT_MS,
    });
  }

  /** All passkeys of a user, for programs that would offer others (WebAuthn §5.1.10.3). */
  async kept(userId: string): Promise<object> {
    const known = await this.passkeys.findOfUser(userId);
    return {
      rpId: this.relyingParty.id,
      userId: this.relyingParty.userHandle(userId),
      allAcceptedCredentialIds: known.map(({ credentialId }) => credentialId),
    };
  }
}

function descriptor({ credentialId, transports }: PasskeyRow): { id: string; transports: string[] } {
  return { id: credentialId, transports: [...transports] };
}
