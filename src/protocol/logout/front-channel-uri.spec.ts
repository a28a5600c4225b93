import { describe, expect, it } from 'vitest';
import { frontChannelUri } from './front-channel-uri.js';

const SESSION = { issuer: 'https://login.example/a', sid: 's1' };
const uri = (frontchannelLogoutUri?: string, frontchannelLogoutSessionRequired?: boolean) =>
  frontChannelUri(
    {
      ...(frontchannelLogoutUri !== undefined && { frontchannelLogoutUri }),
      ...(frontchannelLogoutSessionRequired !== undefined && { frontchannelLogoutSessionRequired }),
    },
    SESSION,
  );

describe('the address in the frame of a client (OIDC Front-Channel Logout §2)', () => {
  it('is the registered one, untouched, for a client that needs no session', () => {
    expect(uri('https://rp.example/out?a=b%20c')).toBe('https://rp.example/out?a=b%20c');
    expect(uri('https://rp.example/out', false)).toBe('https://rp.example/out');
  });

  it('has issuer and session for a client that needs them, behind a query that was there', () => {
    const added = 'iss=https%3A%2F%2Flogin.example%2Fa&sid=s1';
    expect(uri('https://rp.example/out', true)).toBe(`https://rp.example/out?${added}`);
    expect(uri('https://rp.example/out?a=b%20c', true)).toBe(`https://rp.example/out?a=b%20c&${added}`);
  });

  it('is none for a client without one', () => {
    expect(uri(undefined, true)).toBeUndefined();
  });
});
