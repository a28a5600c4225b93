import { Amr } from '#standards/amr.js';
import { ACR, assurance, satisfies, type Acr } from './assurance.js';

/**
 * The ways in which one can sign in here, each with the methods it consists of (RFC 8176 §2). What follows from it,
 * metadata and step-up included, is derived: a new way is a new line.
 */
const WAYS_TO_SIGN_IN: readonly (readonly Amr[])[] = [
  [Amr.Password],
  [Amr.Password, Amr.OneTimePassword, Amr.MultipleFactors],
  [Amr.HardwareKey, Amr.UserPresence, Amr.Pin, Amr.MultipleFactors],
];

/** The `acr` values that some way to sign in satisfies, the weakest first; `0` promises nothing and is not among them. */
export function attainable(ways: readonly (readonly string[])[]): readonly Acr[] {
  const levels = Object.values(ACR).filter((level) => level !== ACR.None);
  return levels.filter((level) => ways.some((amr) => satisfies(assurance(amr), level)));
}

/** The `acr` values that a sign-in here can have at present; metadata is derived from it (OIDC Discovery §3). */
export const ATTAINABLE_ACR_VALUES = attainable(WAYS_TO_SIGN_IN);
