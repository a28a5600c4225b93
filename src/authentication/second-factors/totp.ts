import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';

const PERIOD_SECONDS = 30;
const CODE = /^\d{6}$/;
const base32 = new ScureBase32Plugin();

/** The key of an authenticator app as apps take it: base32 (RFC 4648 §6) of the 160 bits that RFC 4226 §4 recommends. */
export function seedFrom(bytes: Uint8Array): string {
  return base32.encode(bytes);
}

/** What somebody typed as a code, without the blanks that apps show. */
export function typedCode(typed: string): string {
  return typed.replace(/[\s-]/g, '');
}

/**
 * The time step whose code this is: the present one, or one before or after it, for clocks that differ and codes that
 * are typed slowly (RFC 6238 §5.2).
 */
export function matchingStep(seed: string, code: string, now: Date): number | undefined {
  if (!CODE.test(code)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({
    secret: seed,
    token: code,
    epoch,
    period: PERIOD_SECONDS,
    epochTolerance: PERIOD_SECONDS,
  });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}

/** The address that an app reads from a QR code (Key URI Format). */
export function keyUri({ issuer, account, seed }: Record<'issuer' | 'account' | 'seed', string>): string {
  return generateURI({ issuer, label: account, secret: seed });
}
