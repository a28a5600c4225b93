import { Amr } from '#standards/amr.js';

/** What somebody knows, and what somebody has or is, by the names of RFC 8176 §2. */
const KNOWN = ['pwd', 'pin', 'kba'];
const HELD = ['otp', 'hwk', 'swk', 'sc', 'sms', 'tel', 'fpt', 'face', 'iris', 'retina', 'vbm'];

/** How somebody proved who they are here when a provider says so; its second factor counts only where it is trusted with that. */
export function upstreamAmr(said: readonly string[], trusted: boolean): readonly Amr[] {
  return trusted && showsTwoFactors(said) ? [Amr.Federated, Amr.MultipleFactors] : [Amr.Federated];
}

function showsTwoFactors(said: readonly string[]): boolean {
  const some = (names: readonly string[]): boolean => names.some((name) => said.includes(name));
  return said.includes('mfa') || (some(KNOWN) && some(HELD));
}
