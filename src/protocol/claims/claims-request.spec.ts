import { describe, expect, it } from 'vitest';
import { beyondScope, grantedClaims, mayHaveClaim, type ClaimsRequest } from './claims-request.js';

const voluntary = (name: string) => ({ name, essential: false });
const essential = (name: string) => ({ name, essential: true });
const asked: ClaimsRequest = {
  userinfo: [voluntary('email'), voluntary('phone_number'), voluntary('sub')],
  idToken: [essential('phone_number'), voluntary('gender'), voluntary('acr'), essential('auth_time')],
};

describe('claims beyond the scope (OIDC Core §5.5)', () => {
  it('are those about the user that no asked scope covers, each once, essential if it is so anywhere', () => {
    expect(beyondScope(asked, ['openid', 'email'])).toEqual([essential('phone_number'), voluntary('gender')]);
    expect(beyondScope(asked, ['openid', 'email', 'phone', 'profile'])).toEqual([]);
  });

  it('are open to a client that may ask for their scope', () => {
    expect(mayHaveClaim({ scope: ['openid', 'phone'] }, 'phone_number_verified')).toBe(true);
    expect(mayHaveClaim({ scope: ['openid'] }, 'phone_number')).toBe(false);
    expect(mayHaveClaim({ scope: [] }, 'acr')).toBe(true);
    expect(mayHaveClaim({ scope: ['openid'] }, 'unheard_of')).toBe(false);
  });
});

describe('grantedClaims (OIDC Core §5.5)', () => {
  it('is what a granted scope covers and what was approved by name', () => {
    expect(grantedClaims(asked, ['openid', 'email'], ['gender'])).toEqual({
      userinfo: [{ name: 'email' }],
      idToken: [{ name: 'gender' }],
    });
  });

  it('leaves out what the user left out, be it essential', () => {
    expect(grantedClaims(asked, ['openid'], [])).toBeUndefined();
  });

  it('keeps the values that the client will take, and the sign-in for userinfo, where it is not always there', () => {
    const request = {
      userinfo: [{ ...voluntary('gender'), values: ['female'] }, voluntary('acr')],
      idToken: [{ ...voluntary('acr'), values: ['1'] }],
    };
    expect(grantedClaims(request, ['openid', 'profile'], [])).toEqual({
      userinfo: [{ name: 'gender', values: ['female'] }, { name: 'acr' }],
      idToken: [],
    });
  });
});
