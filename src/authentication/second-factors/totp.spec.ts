import { describe, expect, it } from 'vitest';
import { keyUri, matchingStep, seedFrom, typedCode } from './totp.js';

/** The key of RFC 6238 Appendix B for SHA-1. */
const SEED = seedFrom(Buffer.from('12345678901234567890'));
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('codes of authenticator apps (RFC 6238)', () => {
  // Appendix B has eight digits; six are the last six of them (RFC 4226 §5.3)
  it.each([
    [59, '94287082', 0x1],
    [1111111109, '07081804', 0x23523ec],
    [1111111111, '14050471', 0x23523ed],
    [1234567890, '89005924', 0x273ef07],
    [2000000000, '69279037', 0x3f940aa],
    [20000000000, '65353130', 0x27bc86aa],
  ])('RFC 6238 Appendix B: at %i s the code of %s belongs to step %i', (seconds, code, step) => {
    expect(matchingStep(SEED, code.slice(2), at(seconds))).toBe(step);
  });

  it('RFC 6238 §5.2: takes the step before and after, and no other', () => {
    const code = '081804'; // step 37037036, from 1111111080 to 1111111109
    const steps = [1111111049, 1111111050, 1111111080, 1111111109, 1111111139, 1111111140].map((seconds) =>
      matchingStep(SEED, code, at(seconds)),
    );
    expect(steps).toEqual([undefined, 37037036, 37037036, 37037036, 37037036, undefined]);
  });

  it.each(['', '12345', '1234567', '28708a', '２８７０８２', '287 082'])('refuses %j, which is no code', (typed) => {
    expect(matchingStep(SEED, typed, at(59))).toBeUndefined();
  });

  it('reads a code as apps show it', () => {
    expect(typedCode(' 287 082 ')).toBe('287082');
  });

  it('gives apps an address that names issuer and account', () => {
    const uri = new URL(keyUri({ issuer: 'Acme & Co', account: 'alice@acme.example', seed: SEED }));
    expect(uri.protocol).toBe('otpauth:');
    expect([uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual([SEED, 'Acme & Co']);
    expect(decodeURIComponent(uri.pathname)).toContain('Acme & Co:alice@acme.example');
  });
});
