import { Injectable } from '@nestjs/common';
import { Captchas, PasskeyAuthenticator, PasswordAuthenticator, type PasswordOutcome } from '#authentication/index.js';
import type { PostedForm } from '#platform/http/index.js';
import type { SignInDecision } from './sign-in-form.js';

/** What the sign-in page was answered with to prove who somebody is. */
export type FirstProof = Extract<SignInDecision, { readonly action: 'sign-in' | 'passkey' }>;

/** Where it was given. */
interface ProofFrom {
  readonly browser: string;
  readonly address: string;
}

/** What came of it; `captcha` when a person has to show that they are one first. */
export type FirstProofOutcome = PasswordOutcome | { readonly outcome: 'captcha' };

/** Judges what the sign-in page was answered with: a password, or a passkey alone. */
@Injectable()
export class FirstProofs {
  constructor(
    private readonly passwords: PasswordAuthenticator,
    private readonly passkeys: PasskeyAuthenticator,
    private readonly captchas: Captchas,
  ) {}

  async judge(form: PostedForm, proof: FirstProof, from: ProofFrom): Promise<FirstProofOutcome> {
    if (proof.action === 'passkey') return this.passkeys.signIn({ answer: proof.answer, ...from });
    const { username, password } = proof;
    const person = await this.captchas.judge({ username, address: from.address }, (field) => form.get(field));
    if (person !== 'passed') return { outcome: 'captcha' };
    return this.passwords.authenticate({ username, password, ...from });
  }
}
