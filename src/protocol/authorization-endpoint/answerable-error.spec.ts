import { describe, expect, it } from 'vitest';
import { mayRedirect, type Circumspection } from './answerable-error.js';

const STRANGER: Circumspection = { client: { selfRegistered: true }, userKnown: false, silent: false };

describe('the browser is sent to an unchecked client (RFC 9700 §4.11.2)', () => {
  it.each([
    ['never by a production issuer without a word', 'production', STRANGER, false],
    ['when the user is known', 'production', { ...STRANGER, userKnown: true }, true],
    ['when no page may be shown', 'production', { ...STRANGER, silent: true }, true],
    ['when it was checked', 'production', { ...STRANGER, client: { selfRegistered: false } }, true],
    ['by an issuer for tests', 'test', STRANGER, true],
    ['by an issuer for development', 'development', STRANGER, true],
  ] as const)('%s', (_when, kind, about, redirects) => {
    expect(mayRedirect(about, { kind })).toBe(redirects);
  });
});
