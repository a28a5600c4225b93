/** Authentication methods that sign-ins can consist of, or that levels are made of (RFC 8176 §2). */
export const Amr = {
  Password: 'pwd',
  OneTimePassword: 'otp',
  HardwareKey: 'hwk',
  SoftwareKey: 'swk',
  UserPresence: 'user',
  /** A PIN, a pattern or a biometric that the authenticator asked for. */
  Pin: 'pin',
  MultipleFactors: 'mfa',
} as const;

/** One of the values of `Amr`. */
export type Amr = (typeof Amr)[keyof typeof Amr];
