/** Authentication methods that sign-ins can consist of, or that levels are made of (RFC 8176 §2). */
export const Amr = {
  Password: 'pwd',
  OneTimePassword: 'otp',
  HardwareKey: 'hwk',
  SoftwareKey: 'swk',
  UserPresence: 'user',
  MultipleFactors: 'mfa',
} as const;

/** One of the values of `Amr`. */
export type Amr = (typeof Amr)[keyof typeof Amr];
