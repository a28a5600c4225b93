import { describe, expect, it } from 'vitest';
import { wireName, type ClientMetadataInput } from './client-metadata.js';
import { changedMetadata, completeMetadata } from './client-metadata-defaults.js';
import { clientIdProblems, metadataProblems } from './client-metadata.validator.js';

const redirectUris = ['https://app.example/cb'];
const x43 = 'x'.repeat(43);
const publicKey = { kty: 'EC', crv: 'P-256', x: x43, y: x43, kid: '1' };

function pointersOf(input: ClientMetadataInput, development = false): string[] {
  return metadataProblems(completeMetadata(input), { development }).map(({ pointer }) => pointer);
}

describe('the defaults of client metadata', () => {
  it('are strict for a client that an administrator registers (OIDC Registration §2, RFC 9700 §2.1.1)', () => {
    expect(completeMetadata({ redirectUris })).toMatchObject({
      status: 'active',
      profile: 'default',
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      applicationType: 'web',
      idTokenSignedResponseAlg: 'RS256',
      requirePkce: true,
      firstParty: false,
      consent: 'ask',
      clientAssertionAudience: 'issuer',
      refreshTokenRotation: 'rotate',
      optionalScope: [],
      defaultScope: [],
      scope: ['openid', 'profile', 'email', 'address', 'phone'],
    });
    expect(pointersOf({ redirectUris })).toEqual([]);
  });

  it('offer offline_access with the grant type refresh_token alone (OIDC Core §11)', () => {
    const grantTypes = ['authorization_code', 'refresh_token'] as const;
    expect(completeMetadata({ redirectUris, grantTypes }).scope).toContain('offline_access');
  });

  it('let a client with the grant type implicit alone ask who the user is (OIDC Core §3.2, OIDC Registration §2)', () => {
    const input = { redirectUris, grantTypes: ['implicit'], responseTypes: ['id_token'] } as const;
    expect(completeMetadata(input).scope).toEqual(['openid', 'profile', 'email', 'address', 'phone']);
    expect(pointersOf(input)).toEqual([]);
  });

  it('of the profile browser are a public client whose refresh tokens end within a day', () => {
    const metadata = completeMetadata({ profile: 'browser', redirectUris });
    expect(metadata).toMatchObject({ tokenEndpointAuthMethod: 'none', refreshTokenLifetime: 86_400 });
    expect(pointersOf({ profile: 'browser', redirectUris })).toEqual([]);
  });

  it('of the profile native are a public native client (RFC 8252 §8.4)', () => {
    const input = { profile: 'native', redirectUris: ['com.example.app:/cb'] } as const;
    expect(completeMetadata(input)).toMatchObject({ tokenEndpointAuthMethod: 'none', applicationType: 'native' });
    expect(pointersOf(input)).toEqual([]);
  });

  it('of the profile m2m are client_credentials and nothing else (RFC 6749 §4.4)', () => {
    expect(completeMetadata({ profile: 'm2m' })).toMatchObject({
      grantTypes: ['client_credentials'],
      responseTypes: [],
      redirectUris: [],
      scope: [],
    });
    expect(pointersOf({ profile: 'm2m' })).toEqual([]);
  });

  it('take a public client that is local throughout for a native one (RFC 8252 §8.4)', () => {
    const input = { tokenEndpointAuthMethod: 'none', redirectUris: ['http://localhost:8400/cb'] } as const;
    expect(completeMetadata(input).applicationType).toBe('native');
    expect(pointersOf(input)).toEqual([]);
  });

  it('come back when a change removes a member', () => {
    const registered = completeMetadata({ redirectUris, requirePkce: false, clientName: 'A', consent: 'always' });
    const changed = completeMetadata(changedMetadata(registered, { requirePkce: null, clientName: null }));
    expect(changed.requirePkce).toBe(true);
    expect(changed).not.toHaveProperty('clientName');
    expect(changed.consent).toBe('always');
  });
});

describe('the rules between members of client metadata', () => {
  it.each<[string, ClientMetadataInput, string[]]>([
    ['no redirect URI', {}, ['#/redirect_uris']],
    [
      'a redirect URI with a fragment',
      { redirectUris: [...redirectUris, 'https://a.example/#x'] },
      ['#/redirect_uris/1'],
    ],
    [
      'a bad logout URI',
      { redirectUris, postLogoutRedirectUris: ['http://a.example/'] },
      ['#/post_logout_redirect_uris/0'],
    ],
    ['no grant type', { redirectUris, grantTypes: [] }, ['#/grant_types']],
    ['code grant without code', { redirectUris, responseTypes: [] }, ['#/response_types']],
    [
      'code without its grant',
      { redirectUris, grantTypes: ['client_credentials'], responseTypes: ['code'] },
      ['#/grant_types'],
    ],
    [
      'an ID token in the front channel without the grant type implicit',
      { redirectUris, responseTypes: ['code', 'code id_token'] },
      ['#/grant_types'],
    ],
    [
      'the grant type implicit without a use',
      { redirectUris, grantTypes: ['authorization_code', 'implicit'] },
      ['#/response_types'],
    ],
    [
      'a response type without redirect URIs',
      { grantTypes: ['implicit'], responseTypes: ['id_token'] },
      ['#/redirect_uris'],
    ],
    ['refresh tokens alone', { grantTypes: ['refresh_token'] }, ['#/grant_types']],
    ['private_key_jwt without keys', { redirectUris, tokenEndpointAuthMethod: 'private_key_jwt' }, ['#/jwks']],
    [
      'a MAC of a client with a key',
      {
        redirectUris,
        tokenEndpointAuthMethod: 'private_key_jwt',
        jwks: { keys: [publicKey] },
        tokenEndpointAuthSigningAlg: 'HS256',
      },
      ['#/token_endpoint_auth_signing_alg'],
    ],
    [
      'a public key algorithm of a client that signs with its secret',
      { redirectUris, tokenEndpointAuthMethod: 'client_secret_jwt', tokenEndpointAuthSigningAlg: 'ES256' },
      ['#/token_endpoint_auth_signing_alg'],
    ],
    [
      'an assertion algorithm without assertions',
      { redirectUris, tokenEndpointAuthSigningAlg: 'ES256' },
      ['#/token_endpoint_auth_signing_alg'],
    ],
    [
      'a public client in its own name',
      { tokenEndpointAuthMethod: 'none', grantTypes: ['client_credentials'] },
      ['#/grant_types'],
    ],
    [
      'a public client without PKCE',
      { redirectUris, tokenEndpointAuthMethod: 'none', requirePkce: false },
      ['#/require_pkce'],
    ],
    [
      'a public client without rotation',
      { redirectUris, tokenEndpointAuthMethod: 'none', refreshTokenRotation: 'static' },
      ['#/refresh_token_rotation'],
    ],
    ['a skipped consent of a stranger', { redirectUris, consent: 'skip' }, ['#/consent']],
    [
      'an optional scope that is not asked',
      { redirectUris, scope: ['openid'], optionalScope: ['email'] },
      ['#/optional_scope'],
    ],
    ['an optional openid', { redirectUris, scope: ['openid'], optionalScope: ['openid'] }, ['#/optional_scope']],
    [
      'a default scope that is not asked',
      { redirectUris, scope: ['openid'], defaultScope: ['email'] },
      ['#/default_scope'],
    ],
    ['a scope with a quote', { redirectUris, scope: ['a"b'] }, ['#/scope']],
    ['a scope with a backslash', { redirectUris, scope: ['a\\b'] }, ['#/scope']],
    ['a resource with a fragment', { redirectUris, defaultResource: 'https://api.example/#x' }, ['#/default_resource']],
    ['a code that lives too long', { redirectUris, authorizationCodeLifetime: 61 }, ['#/authorization_code_lifetime']],
    ['an access token that lives too long', { redirectUris, accessTokenLifetime: 3601 }, ['#/access_token_lifetime']],
    ['an ID token that lives no time', { redirectUris, idTokenLifetime: 0 }, ['#/id_token_lifetime']],
    ['half a second', { redirectUris, accessTokenLifetime: 0.5 }, ['#/access_token_lifetime']],
    [
      'a refresh token of a browser for a week',
      { profile: 'browser', redirectUris, refreshTokenLifetime: 604_800 },
      ['#/refresh_token_lifetime'],
    ],
    [
      'a browser with a secret',
      { profile: 'browser', redirectUris, tokenEndpointAuthMethod: 'client_secret_post' },
      ['#/token_endpoint_auth_method'],
    ],
    ['a native web client', { profile: 'native', redirectUris, applicationType: 'web' }, ['#/application_type']],
    ['a machine with redirects', { profile: 'm2m', redirectUris }, ['#/redirect_uris']],
    ['a profile that is not offered', { profile: 'fapi2', redirectUris }, ['#/profile']],
    ['a negative age', { redirectUris, defaultMaxAge: -1 }, ['#/default_max_age']],
    ['a name of two lines', { redirectUris, clientName: 'a\nb' }, ['#/client_name']],
    ['an empty name', { redirectUris, clientName: '  ' }, ['#/client_name']],
    ['a name with another kind of line break', { redirectUris, clientName: 'a\u2028b' }, ['#/client_name']],
    ['a name that turns the text beside it around', { redirectUris, clientName: 'a\u202Eb' }, ['#/client_name']],
    ['a name that isolates the text beside it', { redirectUris, clientName: 'a\u2067b' }, ['#/client_name']],
    ['a name of nothing to see', { redirectUris, clientName: '\u200B\u3164\u2800\u00AD' }, ['#/client_name']],
    ['a long name', { redirectUris, clientName: 'a'.repeat(201) }, ['#/client_name']],
    ['a page without TLS', { redirectUris, clientUri: 'http://a.example/' }, ['#/client_uri']],
    ['an active logo', { redirectUris, logoUri: 'data:image/svg+xml,x' }, ['#/logo_uri']],
    ['too much of everything', { redirectUris, contacts: Array.from({ length: 700 }, () => 'a'.repeat(100)) }, ['#']],
    ['no key', { redirectUris, jwks: { keys: [] } }, ['#/jwks/keys']],
    [
      'keys by value and by reference',
      { redirectUris, jwks: { keys: [publicKey] }, jwksUri: 'https://a.example/jwks' },
      ['#/jwks_uri'],
    ],
    ['keys without TLS', { redirectUris, jwksUri: 'http://a.example/jwks' }, ['#/jwks_uri']],
    ['a private key', { redirectUris, jwks: { keys: [{ ...publicKey, d: x43 }] } }, ['#/jwks/keys/0']],
    ['a shared key', { redirectUris, jwks: { keys: [{ kty: 'oct', k: x43 }] } }, ['#/jwks/keys/0']],
    [
      'a short RSA key',
      { redirectUris, jwks: { keys: [{ kty: 'RSA', e: 'AQAB', n: 'x'.repeat(171) }] } },
      ['#/jwks/keys/0'],
    ],
    ['a truncated point', { redirectUris, jwks: { keys: [{ ...publicKey, y: 'x'.repeat(42) }] } }, ['#/jwks/keys/0']],
    ['an unknown curve', { redirectUris, jwks: { keys: [{ ...publicKey, crv: 'constructor' }] } }, ['#/jwks/keys/0']],
    ['a kid twice', { redirectUris, jwks: { keys: [publicKey, publicKey] } }, ['#/jwks/keys/1/kid']],
  ])('refuse %s (RFC 7591 §3.2.2)', (_title, input, pointers) => {
    expect(pointersOf(input)).toEqual(pointers);
  });

  it('name the two codes of registration errors (RFC 7591 §3.2.2)', () => {
    const problems = metadataProblems(completeMetadata({ redirectUris: ['x'], consent: 'skip' }), {
      development: false,
    });
    expect(problems.map(({ pointer, error }) => [pointer, error])).toEqual([
      ['#/redirect_uris/0', 'invalid_redirect_uri'],
      ['#/consent', 'invalid_client_metadata'],
    ]);
  });

  it('take public keys of every supported kind (RFC 7517 §5)', () => {
    const keys = [
      publicKey,
      { kty: 'RSA', e: 'AQAB', n: 'x'.repeat(342), kid: '2' },
      { kty: 'OKP', crv: 'Ed25519', x: x43, kid: '3' },
      { kty: 'OKP', crv: 'X25519', x: x43, kid: '4', use: 'enc' },
    ];
    expect(pointersOf({ redirectUris, tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys } })).toEqual([]);
  });

  it('allow keys by reference, over https even on a development issuer (OIDC Registration §2)', () => {
    const holder = { redirectUris, tokenEndpointAuthMethod: 'private_key_jwt' } as const;
    expect(pointersOf({ ...holder, jwksUri: 'https://a.example/jwks' })).toEqual([]);
    expect(pointersOf({ ...holder, jwksUri: 'http://localhost:3001/jwks' }, true)).toEqual(['#/jwks_uri']);
  });
});

describe('names of clients on the wire', () => {
  it('are those of RFC 7591 §2', () => {
    expect(wireName('tokenEndpointAuthMethod')).toBe('token_endpoint_auth_method');
    expect(wireName('idTokenSignedResponseAlg')).toBe('id_token_signed_response_alg');
    expect(wireName('tosUri')).toBe('tos_uri');
  });

  it.each(['', 'a b', 'ü', 'a\n', 'x'.repeat(256)])('refuse the client_id %j (RFC 6749 §2.2)', (clientId) => {
    expect(clientIdProblems(clientId)).toHaveLength(1);
  });

  it.each(['demo-app', 'https://app.example/client', 'x'.repeat(255)])('take the client_id %j', (clientId) => {
    expect(clientIdProblems(clientId)).toEqual([]);
  });
});

describe('the options of OpenID Connect in client metadata', () => {
  const jwks = { keys: [publicKey] };
  const web = { redirectUris };
  const tokenEndpointAuthMethod = 'client_secret_post';

  it.each<[string, ClientMetadataInput, string[]]>([
    ['encryption with keys', { idTokenEncryptedResponseAlg: 'ECDH-ES', jwks }, []],
    ['encryption without keys', { idTokenEncryptedResponseAlg: 'ECDH-ES' }, ['#/id_token_encrypted_response_alg']],
    [
      'encryption with a key that does not fit',
      { idTokenEncryptedResponseAlg: 'RSA-OAEP-256', jwks },
      ['#/id_token_encrypted_response_alg'],
    ],
    [
      'encryption with a key for signatures',
      { userinfoEncryptedResponseAlg: 'ECDH-ES', jwks: { keys: [{ ...publicKey, use: 'sig' }] } },
      ['#/userinfo_encrypted_response_alg'],
    ],
    ['encryption with keys elsewhere', { idTokenEncryptedResponseAlg: 'ECDH-ES', jwksUri: 'https://a.example/k' }, []],
    [
      'tokens signed with a secret',
      { idTokenSignedResponseAlg: 'HS256', userinfoSignedResponseAlg: 'HS512', tokenEndpointAuthMethod },
      [],
    ],
    [
      'tokens signed with the secret of a public client',
      { idTokenSignedResponseAlg: 'HS256', userinfoSignedResponseAlg: 'HS512', tokenEndpointAuthMethod: 'none' },
      ['#/id_token_signed_response_alg', '#/userinfo_signed_response_alg'],
    ],
    [
      'userinfo encryption without keys',
      { userinfoEncryptedResponseAlg: 'RSA-OAEP-256' },
      ['#/userinfo_encrypted_response_alg'],
    ],
    ['enc without alg', { idTokenEncryptedResponseEnc: 'A128GCM', jwks }, ['#/id_token_encrypted_response_enc']],
    [
      'enc of a request object without alg',
      { requestObjectEncryptionEnc: 'A128GCM' },
      ['#/request_object_encryption_enc'],
    ],
    ['a request_uri with a fragment', { requestUris: ['https://app.example/request.jwt#x'] }, []],
    ['a request_uri over http', { requestUris: ['http://app.example/request.jwt'] }, ['#/request_uris/0']],
    ['signed requests without keys', { requireSignedRequestObject: true }, ['#/require_signed_request_object']],
    ['pairwise subjects on one host', { subjectType: 'pairwise' }, []],
    [
      'pairwise subjects on two hosts',
      { subjectType: 'pairwise', redirectUris: ['https://a.example/cb', 'https://b.example/cb'] },
      ['#/sector_identifier_uri'],
    ],
    [
      'pairwise subjects on two ports of one host',
      { subjectType: 'pairwise', redirectUris: ['https://a.example/cb', 'https://a.example:8443/cb'] },
      [],
    ],
    [
      'pairwise subjects of a native application that only listens on its machine',
      { subjectType: 'pairwise', applicationType: 'native', redirectUris: ['http://127.0.0.1/cb'] },
      ['#/sector_identifier_uri'],
    ],
    ['a sector over http', { sectorIdentifierUri: 'http://app.example/sector' }, ['#/sector_identifier_uri']],
    ['back-channel logout over http', { backchannelLogoutUri: 'http://app.example/out' }, ['#/backchannel_logout_uri']],
    [
      'front-channel logout elsewhere',
      { frontchannelLogoutUri: 'https://b.example/out' },
      ['#/frontchannel_logout_uri'],
    ],
    ['front-channel logout at home', { frontchannelLogoutUri: 'https://app.example/out' }, []],
    ['a software_id of two lines', { softwareId: 'a\nb' }, ['#/software_id']],
  ])('%s (OIDC Registration §2)', (_title, input, pointers) => {
    expect(pointersOf({ ...web, ...input })).toEqual(pointers);
  });

  it('fill in the content encryption (OIDC Registration §2)', () => {
    expect(completeMetadata({ ...web, jwks, userinfoEncryptedResponseAlg: 'RSA-OAEP-256' })).toMatchObject({
      userinfoEncryptedResponseEnc: 'A128CBC-HS256',
    });
  });
});
