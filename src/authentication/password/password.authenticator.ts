import { Injectable } from '@nestjs/common';
import { Amr } from '#standards/amr.js';
import { Clock } from '#platform/crypto/index.js';
import type { SignInFailure } from '#platform/events/index.js';
import { typedName, UsersService, type User } from '#users/index.js';
import type { AuthenticationResult } from '../authentication.js';
import { SignInFailures } from '../sign-in-failures.service.js';
import { SignInMetrics } from '../sign-in-metrics.js';
import { AttemptsService, type Attempt } from '../throttling/attempts.service.js';
import { PasswordsService } from './passwords.service.js';

/** What somebody typed on the sign-in page, and from where. */
export interface PasswordAttempt {
  /** A username or an e-mail address. */
  readonly username: string;
  readonly password: string;
  readonly address: string;
  /** The secret that names the browser. */
  readonly browser?: string | undefined;
}

/** What came of it; an unknown name, a wrong password and a disabled user cannot be told apart. */
export type PasswordOutcome =
  | ({ readonly outcome: 'authenticated' } & AuthenticationResult)
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Proves who somebody is by their password, within what the throttles admit. */
@Injectable()
export class PasswordAuthenticator {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
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
    if (!(await this.proves(typed.password, user, admission)) || user === undefined) {
      const { username, address } = typed;
      await this.failures.tell({ typed: username, user, address, reason: reasonFor(user) }, admission);
      return { outcome: 'refused' };
    }
    return { outcome: 'authenticated', userId: user.id, amr: [Amr.Password], authTime: this.clock.now(), user };
  }

  /** Compares, and tells the throttles: only a refusal counts, an overload or a broken database does not. */
  private async proves(password: string, user: User | undefined, attempt: Attempt): Promise<boolean> {
    let refused = false;
    try {
      refused = !(await this.passwords.matches(user?.id, password)) || user?.status !== 'active';
      return !refused;
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
