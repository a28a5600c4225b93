import { Injectable } from '@nestjs/common';
import { PasskeyCeremonies, RelyingParty } from '#authentication/index.js';
import type { SignInModel } from '#views/index.js';

/** What the sign-in page offers besides the password. */
export type SignInOffer = Pick<SignInModel, 'passkey'>;

/** Finds out what the sign-in page can offer besides the password. */
@Injectable()
export class SignInOffers {
  constructor(
    private readonly ceremonies: PasskeyCeremonies,
    private readonly relyingParty: RelyingParty,
  ) {}

  async at({ browser }: { readonly browser: string }): Promise<SignInOffer> {
    return this.relyingParty.isAvailable ? { passkey: { options: await this.ceremonies.signIn(browser) } } : {};
  }
}
