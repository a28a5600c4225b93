import type { SignInModel } from '#views/index.js';
import type { ProviderOffer } from './upstream/provider-offers.service.js';

/** What the sign-in page offers besides the password. */
export type SignInOffer = Pick<SignInModel, 'passkey' | 'captcha'> & ProviderOffer;
