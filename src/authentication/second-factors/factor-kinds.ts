import type { FactorKind } from '#platform/events/index.js';
import { SECOND_FACTOR_KINDS } from '#settings/index.js';
import { Amr } from '#standards/amr.js';

/** What can be proven besides the first proof, the strongest first. */
export const FACTOR_KINDS: readonly FactorKind[] = SECOND_FACTOR_KINDS;

/** Stands among the factors of a sign-in whose browser was remembered: none was proven. */
export const REMEMBERED = 'remembered';

/** Stands among the factors of a sign-in whose first proof rested on the user's mailbox, where a code by mail proves nothing more. */
export const MAILBOX = 'mailbox';

/** Stands among the factors of a sign-in through a service that is trusted with second factors and said that there was one. */
export const FEDERATED = 'federated';

const AMR: Readonly<Record<FactorKind, readonly Amr[]>> = {
  passkey: [Amr.HardwareKey, Amr.UserPresence, Amr.MultipleFactors],
  totp: [Amr.OneTimePassword, Amr.MultipleFactors],
  // RFC 8176 §2 has no value for codes on paper or by mail; each is a password for one time
  mail_code: [Amr.OneTimePassword, Amr.MultipleFactors],
  recovery_codes: [Amr.OneTimePassword, Amr.MultipleFactors],
};

/** The methods that a factor adds to a first proof, or can add in the case of a passkey (RFC 8176 §2). */
export function amrOf(kind: FactorKind): readonly Amr[] {
  return AMR[kind];
}

/** Reads a name as a kind of factor. */
export function factorKind(name: string | undefined): FactorKind | undefined {
  return FACTOR_KINDS.find((kind) => kind === name);
}
