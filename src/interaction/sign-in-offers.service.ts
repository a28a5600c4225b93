import { Injectable } from '@nestjs/common';
import { PasskeyCeremonies, RelyingParty } from '#authentication/index.js';
import type { SignInModel } from '#views/index.js';
import type { SignInPlace } from './sign-in-place.js';
import { ProviderOffers, type ProviderOffer } from './upstream/provider-offers.service.js';

/** What the sign-in page offers besides the password. */
export type SignInOffer = Pick<SignInModel, 'passkey'> & ProviderOffer;

type Place = Pick<SignInPlace, 'browser' | 'interaction' | 'returnTo' | 'afresh'>;

/** Finds out what the sign-in page can offer besides the password. */
@Injectable()
export class SignInOffers {
  constructor(
    private readonly ceremonies: PasskeyCeremonies,
    private readonly relyingParty: RelyingParty,
    private readonly providers: ProviderOffers,
  ) {}

  async at({ browser, interaction, returnTo, afresh }: Place): Promise<SignInOffer> {
    const providers = await this.providers.at(browser, { interactionId: interaction?.id, returnTo, afresh });
    return this.relyingParty.isAvailable
      ? { ...providers, passkey: { options: await this.ceremonies.signIn(browser) } }
      : providers;
  }
}
