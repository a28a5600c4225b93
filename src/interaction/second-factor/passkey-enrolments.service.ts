import { Injectable } from '@nestjs/common';
import { PasskeyCeremonies, PasskeyRegistrations, type PasskeyRegistration } from '#authentication/index.js';
import { plainPasskeyName } from '#views/index.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';

/** Passkeys that are made during a sign-in, by whoever cannot sign in without a second factor. */
@Injectable()
export class PasskeyEnrolments {
  constructor(
    private readonly ceremonies: PasskeyCeremonies,
    private readonly registrations: PasskeyRegistrations,
  ) {}

  /** What the browser is asked to make (WebAuthn §5.4). */
  async ask({ browser, user }: SignInVisit): Promise<{ readonly options: object }> {
    return { options: await this.ceremonies.registration(browser, user) };
  }

  /** Keeps what the browser made. Nothing was signed with it yet, so that it is proven in the step that proves factors. */
  async add({ browser, user, locale }: SignInVisit, answer: string): Promise<PasskeyRegistration['outcome']> {
    const wish = { userId: user.id, browser, answer, fallbackName: plainPasskeyName(locale) };
    return (await this.registrations.register(wish)).outcome;
  }
}
