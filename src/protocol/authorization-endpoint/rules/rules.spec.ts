import { describe, expect, it } from 'vitest';
import type { Client } from '#clients/index.js';
import type { Scope } from '#resources/index.js';
import { InvalidRequest, InvalidScope, InvalidTarget, UnauthorizedClient } from '../../errors/oauth-error.js';
import { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { codeChallenge } from './code-challenge.js';
import { maxAge } from './max-age.js';
import { requestedPrompts } from './prompt.js';
import { refusal } from './refusal.spec-support.js';
import { registeredRedirectUri } from './redirect-uri.js';
import { impliedResource, isResourceIndicator, owners } from './resource.js';
import { nonce } from './nonce.js';
import { allowedResponseMode, errorMode } from './response-mode.js';
import { allowedResponseType } from './response-type.js';
import { requestedScope } from './scope.js';
import { checkSigned } from './signed-request.js';
import { checkUnsupported } from './unsupported.js';

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const parameters = (values: Record<string, string>) => new OAuthParameters(Object.entries(values));
const client = (changes: Partial<Client> = {}) =>
  ({
    clientId: 'c',
    tokenEndpointAuthMethod: 'client_secret_basic',
    requirePkce: true,
    redirectUris: ['https://rp.example/cb?a=1'],
    responseTypes: ['code'],
    grantTypes: ['authorization_code', 'refresh_token'],
    scope: ['openid', 'email', 'offline_access', 'api:read'],
    defaultScope: [],
    ...changes,
  }) as Client;

describe('codeChallenge', () => {
  it('returns an S256 challenge (RFC 7636 §4.3)', () => {
    expect(codeChallenge(parameters({ code_challenge: CHALLENGE, code_challenge_method: 'S256' }), client())).toBe(
      CHALLENGE,
    );
  });

  it.each([
    ['none where PKCE is required (RFC 9700 §2.1.1)', {}, 'PKCE is required'],
    [
      'plain (RFC 7636 §4.4.1)',
      { code_challenge: CHALLENGE, code_challenge_method: 'plain' },
      'code_challenge_method is not S256',
    ],
    ['no method, which means plain (RFC 7636 §4.3)', { code_challenge: CHALLENGE }, 'code_challenge_method is missing'],
    [
      'a method in lower case',
      { code_challenge: CHALLENGE, code_challenge_method: 's256' },
      'code_challenge_method is not S256',
    ],
    ['a method alone', { code_challenge_method: 'S256' }, 'code_challenge_method without code_challenge'],
    [
      'a short challenge',
      { code_challenge: CHALLENGE.slice(1), code_challenge_method: 'S256' },
      'code_challenge is not 43 base64url characters',
    ],
    [
      'padding',
      { code_challenge: `${CHALLENGE.slice(1)}=`, code_challenge_method: 'S256' },
      'code_challenge is not 43 base64url characters',
    ],
  ])('refuses %s', (_case, values, detail) => {
    const error = refusal(() => codeChallenge(parameters(values), client()));
    expect(error).toBeInstanceOf(InvalidRequest);
    expect(error.message).toBe(detail);
  });

  it('is not required where the record of a confidential client says so, but always of a public one (RFC 9700 §2.1.1)', () => {
    expect(codeChallenge(parameters({}), client({ requirePkce: false }))).toBeUndefined();
    const spa = client({ requirePkce: false, tokenEndpointAuthMethod: 'none' });
    expect(refusal(() => codeChallenge(parameters({}), spa)).message).toBe('PKCE is required');
  });
});

describe('registeredRedirectUri', () => {
  it.each([
    'https://rp.example/cb',
    'https://rp.example/cb?a=1&b=2',
    'https://rp.example/cb?a=1#',
    'https://RP.example/cb?a=1',
    'https://rp.example:443/cb?a=1',
    'https://rp.example/x/../cb?a=1',
    'http://rp.example/cb?a=1',
  ])('refuses %s, which is only near the registered one (RFC 9700 §2.1)', (redirect_uri) => {
    expect(refusal(() => registeredRedirectUri(parameters({ redirect_uri }), client())).message).toContain(
      'is not registered',
    );
  });

  it('accepts the registered one and needs it to be sent (OIDC Core §3.1.2.1)', () => {
    expect(registeredRedirectUri(parameters({ redirect_uri: 'https://rp.example/cb?a=1' }), client())).toBe(
      'https://rp.example/cb?a=1',
    );
    expect(refusal(() => registeredRedirectUri(parameters({}), client())).message).toBe('redirect_uri is missing');
  });
});

describe('response_type and response_mode', () => {
  it('accepts code (RFC 6749 §3.1.1)', () => {
    expect(allowedResponseType(parameters({ response_type: 'code' }), client())).toBe('code');
  });

  it.each([
    ['', 'invalid_request'],
    ['token', 'unsupported_response_type'],
    ['none code', 'unsupported_response_type'],
    ['code code_challenge', 'unsupported_response_type'],
    ['code id_token', 'unauthorized_client'],
    ['CODE', 'unsupported_response_type'],
  ])('refuses %j with %s (RFC 6749 §4.1.2.1)', (response_type, code) => {
    expect(refusal(() => allowedResponseType(parameters({ response_type }), client())).error).toBe(code);
  });

  it('refuses a client that is not registered for it (RFC 6749 §4.1.2.1)', () => {
    const error = refusal(() =>
      allowedResponseType(parameters({ response_type: 'code' }), client({ responseTypes: [] })),
    );
    expect(error).toBeInstanceOf(UnauthorizedClient);
  });

  it('takes the parts of a response type in any order (OAuth Multiple Response Types §2.2)', () => {
    const hybrid = client({ responseTypes: ['code id_token token'] });
    expect(allowedResponseType(parameters({ response_type: 'token code  id_token' }), hybrid)).toBe(
      'code id_token token',
    );
  });

  it('needs openid for an ID token and ignores offline_access without a code (OIDC Core §3.2.2.1, §11)', () => {
    const scope = 'email offline_access';
    expect(refusal(() => requestedScope(parameters({ scope }), client(), 'id_token')).error).toBe('invalid_scope');
    expect(requestedScope(parameters({ scope: `openid ${scope}` }), client(), 'id_token')).toEqual(['openid', 'email']);
  });

  it('needs a nonce for an ID token in the front channel (OIDC Core §3.2.2.1)', () => {
    expect(nonce(parameters({ nonce: 'n' }), 'id_token')).toBe('n');
    expect(nonce(parameters({}), 'code token')).toBeUndefined();
    expect(refusal(() => nonce(parameters({}), 'code id_token')).error).toBe('invalid_request');
  });

  it.each([
    [{}, 'query'],
    [{ response_type: 'saml' }, 'query'],
    [{ response_type: 'saml', response_mode: 'fragment' }, 'query'],
    [{ response_type: 'id_token' }, 'fragment'],
    [{ response_type: 'id_token', response_mode: 'query' }, 'fragment'],
    [{ response_type: 'code', response_mode: 'fragment' }, 'fragment'],
    [{ response_mode: 'form_post' }, 'form_post'],
  ])('sends an error about %j in the %s (OIDC Core §3.1.2.6)', (values, mode) => {
    expect(errorMode(parameters(values as Record<string, string>))).toBe(mode);
  });

  it('answers in the query unless asked otherwise, and refuses unknown modes (OAuth Multiple Response Types §2.1)', () => {
    expect(allowedResponseMode(parameters({}), 'code')).toBe('query');
    expect(refusal(() => allowedResponseMode(parameters({ response_mode: 'web_message' }), 'code')).error).toBe(
      'invalid_request',
    );
  });
});

describe('requestedScope', () => {
  it('drops what the client may not ask and keeps the order asked (RFC 6749 §3.3)', () => {
    expect(requestedScope(parameters({ scope: 'email unknown openid admin' }), client(), 'code')).toEqual([
      'email',
      'openid',
    ]);
  });

  it('takes the default scope when none is asked (RFC 6749 §3.3)', () => {
    expect(requestedScope(parameters({}), client({ defaultScope: ['openid'] }), 'code')).toEqual(['openid']);
  });

  it.each([{}, { scope: 'unknown' }, { scope: 'open"id' }, { scope: 'openid\\x' }])(
    'refuses %j (RFC 6749 §4.1.2.1)',
    (values) => {
      expect(
        refusal(() => requestedScope(parameters(values as Record<string, string>), client(), 'code')),
      ).toBeInstanceOf(InvalidScope);
    },
  );

  it('ignores offline_access of a client that cannot refresh (OIDC Core §11)', () => {
    const once = client({ grantTypes: ['authorization_code'] });
    expect(requestedScope(parameters({ scope: 'openid offline_access' }), once, 'code')).toEqual(['openid']);
  });
});

describe('OpenID parameters', () => {
  it('reads prompt, ignoring what it does not know (OIDC Core §3.1.2.1)', () => {
    expect([...requestedPrompts(parameters({ prompt: 'consent foo login' }))].sort()).toEqual(['consent', 'login']);
    expect(refusal(() => requestedPrompts(parameters({ prompt: 'none login' }))).error).toBe('invalid_request');
    expect([...requestedPrompts(parameters({ prompt: 'create' }))]).toEqual(['create']); // OIDC Prompt-Create §4.1
    expect(refusal(() => requestedPrompts(parameters({ prompt: 'none create' }))).error).toBe('invalid_request');
  });

  it('reads max_age, or the default of the client (OIDC Core §3.1.2.1)', () => {
    expect(maxAge(parameters({ max_age: '0' }), client())).toBe(0);
    expect(maxAge(parameters({}), client({ defaultMaxAge: 60 }))).toBe(60);
    expect(maxAge(parameters({}), client())).toBeUndefined();
  });

  it.each(['-1', '1.5', 'x', '1e3', ' 1', '99999999999'])('refuses max_age %j (OIDC Core §3.1.2.1)', (max_age) => {
    expect(refusal(() => maxAge(parameters({ max_age }), client())).error).toBe('invalid_request');
  });

  it('refuses registration instead of ignoring it (OIDC Core §3.1.2.6)', () => {
    expect(
      refusal(() => {
        checkUnsupported(parameters({ registration: 'x' }));
      }).error,
    ).toBe('registration_not_supported');
  });

  it('needs a signed request object of a client that registered so, and of no other (RFC 9101 §10.5)', () => {
    const requiring = client({ requireSignedRequestObject: true });
    const refused = refusal(() => {
      checkSigned(requiring, false);
    });
    expect([refused.error, refused.description]).toEqual([
      'invalid_request',
      'The client must send a signed request object.',
    ]);
    expect(() => {
      checkSigned(requiring, true);
      checkSigned(client(), false);
      checkSigned(client({ requireSignedRequestObject: false }), false);
    }).not.toThrow();
  });
});

describe('resources', () => {
  const scope = (name: string, resourceIdentifier: string | null) => ({ name, resourceIdentifier }) as Scope;

  it.each([
    ['https://api.example', true],
    ['urn:example:api', true],
    ['https://api.example/#x', false],
    ['api', false],
    ['', false],
  ])('judges %j as a resource indicator: %s (RFC 8707 §2)', (value, good) => {
    expect(isResourceIndicator(value)).toBe(good);
  });

  it('finds the owners of scopes, each once', () => {
    expect(owners([scope('openid', null), scope('a', 'A'), scope('b', 'A'), scope('c', 'B')])).toEqual(['A', 'B']);
  });

  it('implies the only resource, or the default among several (RFC 8707 §2)', () => {
    expect(impliedResource([], client())).toBeUndefined();
    expect(impliedResource(['A'], client())).toBe('A');
    expect(impliedResource(['A', 'B'], client({ defaultResource: 'B' }))).toBe('B');
    expect(refusal(() => impliedResource(['A', 'B'], client()))).toBeInstanceOf(InvalidTarget);
    expect(refusal(() => impliedResource(['A', 'B'], client({ defaultResource: 'C' })))).toBeInstanceOf(InvalidTarget);
  });
});
