import { Injectable } from '@nestjs/common';
import { Captchas, PasskeyCeremonies, RelyingParty } from '#authentication/index.js';
import type { SignInOffer } from './sign-in-offer.js';
import type { SignInPlace } from './sign-in-place.js';
import { ProviderOffers } from './upstream/provider-offers.service.js';

type Place = Pick<SignInPlace, 'browser' | 'interaction' | 'returnTo' | 'afresh'>;

/** Who looks at the page: from where, and the name that was typed, if one was. */
interface SignInReader {
  readonly address: string;
  readonly username?: string | undefined;
}

/** Finds out what the sign-in page can offer besides the password. */
@Injectable()
export class SignInOffers {
  constructor(
    private readonly ceremonies: PasskeyCeremonies,
    private readonly relyingParty: RelyingParty,
    private readonly providers: ProviderOffers,
    private readonly captchas: Captchas,
  ) {}

  async at({ browser, interaction, returnTo, afresh }: Place, reader: SignInReader): Promise<SignInOffer> {
    const providers = await this.providers.at(browser, { interactionId: interaction?.id, returnTo, afresh });
    const captcha = await this.captchas.question(reader);
    return {
      ...providers,
      ...(this.relyingParty.isAvailable ? { passkey: { options: await this.ceremonies.signIn(browser) } } : {}),
      ...(captcha === undefined ? {} : { captcha }),
    };
  }
}
