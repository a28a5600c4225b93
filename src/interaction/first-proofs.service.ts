import { Injectable } from '@nestjs/common';
import { PasskeyAuthenticator, PasswordAuthenticator, type PasswordOutcome } from '#authentication/index.js';
import type { SignInDecision } from './sign-in-form.js';

/** What the sign-in page was answered with to prove who somebody is. */
export type FirstProof = Extract<SignInDecision, { readonly action: 'sign-in' | 'passkey' }>;

/** Judges what the sign-in page was answered with: a password, or a passkey alone. */
@Injectable()
export class FirstProofs {
  constructor(
    private readonly passwords: PasswordAuthenticator,
    private readonly passkeys: PasskeyAuthenticator,
  ) {}

  judge(proof: FirstProof, from: { readonly browser: string; readonly address: string }): Promise<PasswordOutcome> {
    if (proof.action === 'passkey') return this.passkeys.signIn({ answer: proof.answer, ...from });
    const { username, password } = proof;
    return this.passwords.authenticate({ username, password, ...from });
  }
}
