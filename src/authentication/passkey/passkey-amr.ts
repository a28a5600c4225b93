import { Amr } from '#standards/amr.js';

/** What an assertion says of how it was made. */
interface PasskeyUse {
  /** The key can leave its device, so that hardware does not keep it. */
  readonly backupEligible: boolean;
  readonly userVerified: boolean;
}

/** The methods that a passkey's answer amounts to (RFC 8176 §2): a key, somebody there, and the PIN or biometric behind it. */
export function passkeyAmr({ backupEligible, userVerified }: PasskeyUse): readonly Amr[] {
  const key = backupEligible ? Amr.SoftwareKey : Amr.HardwareKey;
  return userVerified ? [key, Amr.UserPresence, Amr.Pin, Amr.MultipleFactors] : [key, Amr.UserPresence];
}
