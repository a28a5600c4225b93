import { DoubtedPasskeys } from './doubted-passkeys.js';
import { PasskeyAuthenticator } from './passkey.authenticator.js';
import { PasskeyCeremonies } from './passkey-ceremonies.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { PasskeyHolders } from './passkey-holders.js';
import { PasskeyRegistrationVerifier } from './passkey-registration.verifier.js';
import { PasskeyRegistrations } from './passkey-registrations.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeysService } from './passkeys.service.js';
import { PasskeyVerifier } from './passkey.verifier.js';
import { RelyingParty } from './relying-party.js';
import { UsedPasskeyChallengesRepository } from './used-passkey-challenges.repository.js';

/** What other modules use of passkeys. */
export const PASSKEY_SERVICES = [
  PasskeyAuthenticator,
  PasskeyCeremonies,
  PasskeyRegistrations,
  PasskeysService,
  RelyingParty,
];

/** All that passkeys are made of. */
export const PASSKEY_PROVIDERS = [
  ...PASSKEY_SERVICES,
  PasskeysRepository,
  UsedPasskeyChallengesRepository,
  PasskeyChallenges,
  PasskeyHolders,
  PasskeyVerifier,
  PasskeyRegistrationVerifier,
  DoubtedPasskeys,
];
