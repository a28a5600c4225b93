import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { typedName } from '#users/index.js';
import type { AuthenticationResult } from '../authentication.js';
import { SignInFailures } from '../sign-in-failures.service.js';
import { SignInMetrics } from '../sign-in-metrics.js';
import { AttemptsService } from '../throttling/attempts.service.js';
import { CHALLENGE_FOR } from './passkey-ceremonies.js';
import { PasskeyHolders, type HeldPasskey } from './passkey-holders.js';
import { presentedPasskey, type PresentedPasskey } from './passkey-response.js';
import { PasskeyVerifier, type AssertionVerdict } from './passkey.verifier.js';

/** What the script of our pages posted, and from where. */
export interface PasskeyAttempt {
  /** The authenticator's answer as JSON (WebAuthn §5.1). */
  readonly answer: string;
  readonly address: string;
  /** The secret that names the browser. */
  readonly browser: string;
}

/** What came of it; an unknown passkey, a wrong answer and a disabled user cannot be told apart. */
export type PasskeyOutcome =
  | ({ readonly outcome: 'authenticated' } & AuthenticationResult)
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Proves who somebody is by a passkey, within what the throttles admit (WebAuthn §7.2). */
@Injectable()
export class PasskeyAuthenticator {
  readonly #logger = new Logger('authentication');

  constructor(
    private readonly holders: PasskeyHolders,
    private readonly verifier: PasskeyVerifier,
    private readonly attempts: AttemptsService,
    private readonly failures: SignInFailures,
    private readonly metrics: SignInMetrics,
    private readonly clock: Clock,
  ) {}

  /** Signs in whoever the passkey belongs to: nothing else is asked, so the authenticator must know its holder. */
  async signIn(attempt: PasskeyAttempt): Promise<PasskeyOutcome> {
    const result = await this.judgeAlone(attempt);
    this.metrics.attempted(result.outcome);
    return result;
  }

  /** Judges one of the user's own passkeys, after another proof; throttling is the caller's. */
  async asSecondFactor(userId: string, { answer, browser }: PasskeyAttempt): Promise<AssertionVerdict> {
    const presented = presentedPasskey(answer);
    const found = await this.holders.find(presented);
    // WebAuthn §7.2 step 6: a passkey of somebody else proves nothing here
    const own = found?.passkey.userId === userId ? found : undefined;
    const bindings = CHALLENGE_FOR.secondFactor(browser, userId);
    return this.verdict(presented, own, { bindings, userVerification: false, userHandle: false });
  }

  private async judgeAlone(attempt: PasskeyAttempt): Promise<PasskeyOutcome> {
    const presented = presentedPasskey(attempt.answer);
    const found = await this.holders.find(presented);
    const admission = await this.attempts.admit({
      loginName: loginName(presented, found),
      address: attempt.address,
      browser: attempt.browser,
      userId: found?.user?.id,
    });
    if (admission.outcome === 'throttled') return admission;
    const bindings = CHALLENGE_FOR.signIn(attempt.browser);
    const wish = { bindings, userVerification: true, userHandle: true };
    const verdict = await this.verdict(presented, found, wish);
    if (verdict.outcome === 'refused' || found === undefined || this.isDoubted(found)) {
      admission.failed();
      const { address } = attempt;
      await this.failures.tell({ user: found?.user, address, reason: 'passkey' }, admission);
      return { outcome: 'refused' };
    }
    await admission.succeeded();
    const { passkey, user } = found;
    const authTime = this.clock.now();
    return { outcome: 'authenticated', userId: passkey.userId, amr: verdict.amr, authTime, ...(user && { user }) };
  }

  /** One that may be an intruder's is no sign-in by itself. */
  private isDoubted({ passkey: { doubtedAt } }: HeldPasskey): boolean {
    if (doubtedAt !== null) this.#logger.log({ msg: 'a passkey was refused', reason: 'it is doubted' });
    return doubtedAt !== null;
  }

  private async verdict(
    presented: PresentedPasskey | undefined,
    found: HeldPasskey | undefined,
    wish: Parameters<PasskeyVerifier['verify']>[2],
  ): Promise<AssertionVerdict> {
    const verdict = await this.judge(presented, found, wish);
    if (verdict.outcome === 'refused') this.#logger.log({ msg: 'a passkey was refused', reason: verdict.reason });
    return verdict;
  }

  private async judge(
    presented: PresentedPasskey | undefined,
    found: HeldPasskey | undefined,
    wish: Parameters<PasskeyVerifier['verify']>[2],
  ): Promise<AssertionVerdict> {
    if (presented === undefined) return { outcome: 'refused', reason: 'the answer cannot be read' };
    if (found === undefined) return { outcome: 'refused', reason: 'the passkey is unknown' };
    const verdict = await this.verifier.verify(presented, found.passkey, wish);
    const isActive = found.user?.status === 'active';
    return isActive || verdict.outcome === 'refused' ? verdict : { outcome: 'refused', reason: 'the user is disabled' };
  }
}

/** What failures are counted under: the name of the user as for a password, or the passkey that nobody has. */
function loginName(presented: PresentedPasskey | undefined, found: HeldPasskey | undefined): string {
  if (found?.user !== undefined) return typedName(found.user.username) ?? found.user.username;
  return `passkey ${presented?.credentialId ?? ''}`;
}
