import type { CompanySettings } from '#settings/index.js';

/** The shortest password that there may be, wherever it comes from. */
export const MIN_PASSWORD_LENGTH = 8;

/** Whether somebody chooses their own password, or an administrator or the operator hands one out. */
export type PasswordOrigin = 'chosen' | 'assigned';

/**
 * The fewest characters of a password: few are enough where everybody proves a second factor too (NIST SP 800-63B-4
 * §3.1.1.2). What is handed out is usually drawn at random, so only the floor counts.
 */
export function minimumLength(
  origin: PasswordOrigin,
  settings: Pick<CompanySettings, 'secondFactor' | 'passwordMinLength' | 'passwordMinLengthWithSecondFactor'>,
): number {
  if (origin === 'assigned') return MIN_PASSWORD_LENGTH;
  const { secondFactor, passwordMinLength, passwordMinLengthWithSecondFactor } = settings;
  return secondFactor === 'required' ? passwordMinLengthWithSecondFactor : passwordMinLength;
}
