import { describe, expect, it } from 'vitest';
import { readRegistration } from './registration-message.js';

describe('a registration message (RFC 7591 §2)', () => {
  it('becomes what it says about the client', () => {
    const jwks = { keys: [{ kty: 'EC' }] };
    const body = { client_name: 'Trips', scope: ' openid  email ', default_max_age: 5, require_auth_time: false, jwks };
    expect(readRegistration(body)).toEqual({
      input: { clientName: 'Trips', scope: ['openid', 'email'], defaultMaxAge: 5, requireAuthTime: false, jwks },
      problems: [],
    });
  });

  it('writes response types as the registry does, whatever the order of their parts (RFC 6749 §3.1.1)', () => {
    const { input } = readRegistration({ response_types: ['token id_token code', 'id_token', 'none'] });
    expect(input.responseTypes).toEqual(['code id_token token', 'id_token', 'none']);
  });

  it('ignores what it does not know, and what is null (RFC 7592 §2.2)', () => {
    const body = { first_party: true, client_id: 'x', toString: 'x', client_name: null, jwks_uri: null };
    expect(readRegistration(body)).toEqual({ input: {}, problems: [] });
  });

  it.each([undefined, null, 'text', 7, [], [{}]])('is no message when the body is %j', (body) => {
    expect(readRegistration(body).problems).toEqual([
      { pointer: '#', detail: 'must be a JSON object, sent as application/json', error: 'invalid_client_metadata' },
    ]);
  });

  it.each([
    ['redirect_uris', 'https://rp.example', 'invalid_redirect_uri'],
    ['redirect_uris', [1], 'invalid_redirect_uri'],
    ['client_name', {}, 'invalid_client_metadata'],
    ['default_max_age', '1', 'invalid_client_metadata'],
    ['require_auth_time', 1, 'invalid_client_metadata'],
    ['grant_types', ['password'], 'invalid_client_metadata'],
    ['response_types', ['code token none'], 'invalid_client_metadata'],
    ['response_types', 'code', 'invalid_client_metadata'],
    ['jwks', { keys: [1] }, 'invalid_client_metadata'],
    ['scope', [], 'invalid_client_metadata'],
    ['jwks_uri', 1, 'invalid_client_metadata'],
    ['software_statement', {}, 'invalid_client_metadata'],
  ])('has a fault when %s is %j (RFC 7591 §3.2.2)', (name, value, error) => {
    const { input, problems } = readRegistration({ [name]: value });
    expect(input).toEqual({});
    expect(problems).toEqual([{ pointer: `#/${name}`, detail: expect.any(String) as string, error }]);
  });
});
