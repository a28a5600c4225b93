import { Amr } from '#standards/amr.js';

/** How sure we are of who signed in, as the `acr` claim says it, the weakest first (OIDC Core §2). */
export const ACR = { None: '0', OneFactor: '1', TwoFactors: '2', PhishingResistant: 'phr' } as const;

/** One of the values of `ACR`. */
export type Acr = (typeof ACR)[keyof typeof ACR];

const WEAKEST_FIRST: readonly string[] = Object.values(ACR);

const KEYS: readonly string[] = [Amr.HardwareKey, Amr.SoftwareKey];
const FACTORS: readonly string[] = [Amr.Password, Amr.OneTimePassword, ...KEYS];

/** The authentication context that the methods of a sign-in amount to (RFC 8176 §2, OIDC Core §2). */
export function assurance(amr: readonly string[]): Acr {
  if (amr.length === 0) return ACR.None;
  // a key that is bound to this site and let the user do it, which nobody can be lured into elsewhere
  if (amr.includes(Amr.UserPresence) && amr.some((method) => KEYS.includes(method))) return ACR.PhishingResistant;
  const factors = new Set(amr.filter((method) => FACTORS.includes(method)));
  return factors.size > 1 || amr.includes(Amr.MultipleFactors) ? ACR.TwoFactors : ACR.OneFactor;
}

/** Whether a sign-in will do where an `acr` is wanted: a higher one satisfies a lower one, nothing satisfies an unknown one. */
export function satisfies(performed: string, wanted: string): boolean {
  const rank = WEAKEST_FIRST.indexOf(wanted);
  return rank >= 0 && WEAKEST_FIRST.indexOf(performed) >= rank;
}
