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
  /** Another service vouches for it; not in the registry, which leaves room for agreed values (RFC 8176 §6). */
  Federated: 'fed',
} as const;

/** One of the values of `Amr`. */
export type Amr = (typeof Amr)[keyof typeof Amr];
