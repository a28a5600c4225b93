import { Injectable } from '@nestjs/common';
import { Amr } from '#standards/amr.js';
import { Clock } from '#platform/crypto/index.js';
import type { SignInFailure } from '#platform/events/index.js';
import { typedName, UsersService, type User } from '#users/index.js';
import type { AuthenticationResult } from '../authentication.js';
import { DirectoryUnavailable } from '../ldap/directory-unavailable.js';
import { SignInFailures } from '../sign-in-failures.service.js';
import { SignInMetrics } from '../sign-in-metrics.js';
import { AttemptsService, type Attempt } from '../throttling/attempts.service.js';
import { PasswordProofs } from './password-proofs.service.js';

/** What somebody typed on the sign-in page, and from where. */
export interface PasswordAttempt {
  /** A username or an e-mail address. */
  readonly username: string;
  readonly password: string;
  readonly address: string;
  /** The secret that names the browser. */
  readonly browser?: string | undefined;
}

/** What came of it; an unknown name, a wrong password and a disabled user cannot be told apart. A directory may not answer. */
export type PasswordOutcome =
  | ({ readonly outcome: 'authenticated' } & AuthenticationResult)
  | { readonly outcome: 'refused' | 'unavailable' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Proves who somebody is by their password, within what the throttles admit. */
@Injectable()
export class PasswordAuthenticator {
  constructor(
    private readonly users: UsersService,
    private readonly proofs: PasswordProofs,
    private readonly attempts: AttemptsService,
    private readonly clock: Clock,
    private readonly metrics: SignInMetrics,
    private readonly failures: SignInFailures,
  ) {}

  async authenticate(typed: PasswordAttempt): Promise<PasswordOutcome> {
    const result = await this.judge(typed);
    this.metrics.attempted(result.outcome);
    return result;
  }

  private async judge(typed: PasswordAttempt): Promise<PasswordOutcome> {
    const user = await this.users.findByLogin(typed.username);
    const admission = await this.attempts.admit({
      loginName: loginName(typed.username),
      address: typed.address,
      password: typed.password,
      browser: typed.browser,
      userId: user?.id,
    });
    if (admission.outcome === 'throttled') return admission;
    const proven = await this.proven(typed, user, admission);
    if (proven === 'unavailable') return { outcome: 'unavailable' };
    if (proven === undefined) {
      const { username, address } = typed;
      await this.failures.tell({ typed: username, user, address, reason: reasonFor(user) }, admission);
      return { outcome: 'refused' };
    }
    return {
      outcome: 'authenticated',
      userId: proven.id,
      amr: [Amr.Password],
      authTime: this.clock.now(),
      user: proven,
    };
  }

  /**
   * Compares, and tells the throttles: a refusal counts, an overload or a broken database does not. Where a directory does
   * not answer, everybody's attempt counts, as that of somebody with a password here is a guess all the same.
   */
  private async proven(
    typed: PasswordAttempt,
    user: User | undefined,
    attempt: Attempt,
  ): Promise<User | 'unavailable' | undefined> {
    let refused = false;
    try {
      const proven = await this.proofs.of(typed, user);
      refused = proven === undefined;
      return proven;
    } catch (error) {
      if (!(error instanceof DirectoryUnavailable)) throw error;
      refused = true;
      return 'unavailable';
    } finally {
      if (refused) attempt.failed();
      else await attempt.succeeded();
    }
  }
}

function reasonFor(user: User | undefined): SignInFailure {
  if (user === undefined) return 'unknown_user';
  return user.status === 'active' ? 'password' : 'user_disabled';
}

/** The form of a login name that failures are counted under: the one that users are found by. */
function loginName(typed: string): string {
  return typedName(typed) ?? typed;
}
