import { Injectable } from '@nestjs/common';
import { Amr } from '#standards/amr.js';
import type { FactorKind } from '#platform/events/index.js';
import type { User } from '#users/index.js';
import { PasskeyAuthenticator } from '../passkey/passkey.authenticator.js';
import { SignInFailures } from '../sign-in-failures.service.js';
import { AuthenticatorApps } from './authenticator-apps.service.js';
import { FactorAttempts } from './factor-attempts.service.js';
import { amrOf } from './factor-kinds.js';
import { MailCodes } from './mail-codes.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';

/** What somebody answered when they were asked for a second factor, and where. */
export interface FactorAttempt {
  readonly kind: FactorKind;
  /** The code as typed, or the answer of a passkey as JSON. */
  readonly answer: string;
  readonly signInId: string;
  /** The secret that names the browser. */
  readonly browser: string;
  readonly address: string;
}

/** What came of it. */
export type FactorOutcome =
  | { readonly outcome: 'proven'; readonly amr: readonly Amr[] }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Proves a second factor of somebody who has given a first proof, within what the throttle admits. */
@Injectable()
export class SecondFactorAuthenticator {
  constructor(
    private readonly apps: AuthenticatorApps,
    private readonly mailCodes: MailCodes,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: PasskeyAuthenticator,
    private readonly attempts: FactorAttempts,
    private readonly failures: SignInFailures,
  ) {}

  async authenticate(user: User, attempt: FactorAttempt): Promise<FactorOutcome> {
    const retryAfterSeconds = await this.attempts.admit(user.id);
    if (retryAfterSeconds !== undefined) return { outcome: 'throttled', retryAfterSeconds };
    const amr = await this.proven(user, attempt);
    if (amr === undefined) {
      const { address } = attempt;
      const closed = () => this.attempts.closed(user.id);
      await this.failures.tell({ user, address, reason: 'second_factor' }, { closed });
      return { outcome: 'refused' };
    }
    await this.attempts.takeBack(user.id);
    return { outcome: 'proven', amr };
  }

  private async proven({ id }: User, attempt: FactorAttempt): Promise<readonly Amr[] | undefined> {
    const { kind } = attempt;
    if (kind !== 'passkey') return (await this.isRight(id, kind, attempt)) ? amrOf(kind) : undefined;
    const verdict = await this.passkeys.asSecondFactor(id, attempt);
    return verdict.outcome === 'refused' ? undefined : [...verdict.amr, Amr.MultipleFactors];
  }

  private async isRight(
    userId: string,
    kind: Exclude<FactorKind, 'passkey'>,
    { answer, ...place }: FactorAttempt,
  ): Promise<boolean> {
    switch (kind) {
      case 'totp':
        return this.apps.use(userId, answer);
      case 'recovery_codes':
        return this.recoveryCodes.use(userId, answer);
      case 'mail_code':
        return this.mailCodes.use(userId, answer, place);
    }
  }
}
