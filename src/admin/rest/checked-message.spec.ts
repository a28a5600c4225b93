import { ProblemDetails } from '#platform/http/index.js';
import { describe, expect, it } from 'vitest';
import { allFaults, checkedMessage, checkMessage } from './checked-message.js';
import { clientChanges, clientInput } from './dto/client-wire.js';
import { ClientMembers, NewClient } from './dto/client.dto.js';
import { NewResource } from './dto/resource.dto.js';
import { NewUser, userChanges } from './dto/user.dto.js';
import { patched } from './outcomes.js';

const pointersOf = (type: new () => object, value: unknown): string[] =>
  checkMessage(type, value).problems.map(({ pointer }) => pointer);

describe('looking at a message', () => {
  it.each([null, [], 'text', 1, true])('refuses %j, which is no object', (value) => {
    expect(pointersOf(NewUser, value)).toEqual(['#']);
  });

  it('refuses members that are not declared, whatever they are called', () => {
    const body: unknown = JSON.parse('{"username":"a","constructor":{},"toString":1,"a/b":1,"~":1,"é":1}');
    expect(pointersOf(NewUser, body)).toEqual(['#/constructor', '#/toString', '#/a~1b', '#/~0', '#/%C3%A9']);
  });

  it('refuses members of members that are not declared', () => {
    expect(pointersOf(NewUser, { username: 'a', address: { locality: 'x', planet: 'y' } })).toEqual([
      '#/address/planet',
    ]);
  });

  it('says where each member of the wrong type is', () => {
    const body = { username: 1, email_verified: 'yes', groups: 'a', address: 'x', status: 'gone' };
    expect(pointersOf(NewUser, body).sort()).toEqual([
      '#/address',
      '#/email_verified',
      '#/groups',
      '#/status',
      '#/username',
    ]);
    expect(pointersOf(NewUser, { username: 'a', address: { locality: 5 } })).toEqual(['#/address/locality']);
    expect(pointersOf(NewUser, { username: 'a', groups: ['x', 5] })).toEqual(['#/groups']);
    expect(pointersOf(NewResource, { identifier: 'x', name: 'y', access_token_lifetime: 1.5 })).toEqual([
      '#/access_token_lifetime',
    ]);
  });

  it('says which members are missing', () => {
    expect(pointersOf(NewResource, {})).toEqual(['#/identifier', '#/name']);
  });

  it('takes null for absent', () => {
    expect(pointersOf(NewUser, { username: 'a', nickname: null, address: { locality: null } })).toEqual([]);
    expect(pointersOf(NewUser, { username: null })).toEqual(['#/username']);
  });

  it('offers no response type token alone', () => {
    expect(pointersOf(NewClient, { response_types: ['code', 'token'] })).toEqual(['#/response_types']);
  });

  it('takes a key set by reference, which is a text', () => {
    expect(pointersOf(NewClient, { jwks_uri: 'https://a.example/jwks' })).toEqual([]);
    expect(pointersOf(NewClient, { jwks_uri: ['https://a.example/jwks'] })).toEqual(['#/jwks_uri']);
  });

  it.each([[], {}, { keys: {} }, { keys: [1] }, 'x'])('refuses %j as a key set (RFC 7517 §5)', (jwks) => {
    expect(pointersOf(NewClient, { jwks })).toEqual(['#/jwks']);
  });

  it('keeps what is well-formed and leaves the rest out', () => {
    const { message } = checkMessage(NewUser, { username: 5, nickname: 'Al', locale: 5 });
    expect(Object.assign({}, message)).toEqual({ username: '', nickname: 'Al' });
  });

  it('refuses with all faults at once (RFC 9457 §3)', () => {
    const refused = (): unknown => checkedMessage(NewUser, { foo: 1, status: 'x' });
    expect(refused).toThrow(ProblemDetails);
    try {
      refused();
    } catch (error) {
      const { status, errors } = (error as ProblemDetails).facts;
      expect(status).toBe(422);
      expect(errors?.map(({ pointer }) => pointer)).toEqual(['#/foo', '#/username', '#/status']);
    }
  });
});

describe('the faults of rules', () => {
  it('join those of members, save where they only follow from them', () => {
    const members = [{ pointer: '#/scope', detail: 'must be text' }];
    const rules = [
      { pointer: '#/scope', detail: 'has a bad name' },
      { pointer: '#/redirect_uris/0', detail: 'must be https' },
    ];
    expect(allFaults(members, rules).map(({ detail }) => detail)).toEqual(['must be text', 'must be https']);
  });

  it('are not asked for when the whole is no object', () => {
    expect(allFaults([{ pointer: '#', detail: 'must be an object' }], [{ pointer: '#/x', detail: 'y' }])).toHaveLength(
      1,
    );
  });
});

describe('a patched message', () => {
  const answer = { client_id: 'a', client_name: 'A', redirect_uris: ['https://a.example/'], scope: 'openid' };
  const fixed = { fixed: ['client_id'], kept: ['scope'] };

  it('is what is there with the patch applied, and says what went (RFC 7396 §2)', () => {
    const { message, removed, problems } = patched(
      ClientMembers,
      answer,
      { client_name: null, consent: 'always' },
      fixed,
    );
    expect(problems).toEqual([]);
    expect(removed).toEqual(['client_name']);
    expect(clientChanges(message, removed)).toEqual({
      clientName: null,
      redirectUris: ['https://a.example/'],
      scope: ['openid'],
      consent: 'always',
    });
  });

  it('may repeat what cannot be changed, and only repeat it', () => {
    expect(patched(ClientMembers, answer, { ...answer }, fixed).problems).toEqual([]);
    const { problems } = patched(ClientMembers, answer, { client_id: 'b', scope: null }, fixed);
    expect(problems.map(({ pointer }) => pointer)).toEqual(['#/client_id', '#/scope']);
  });

  it('takes away claims and gives back defaults of a user', () => {
    const user = { username: 'a', status: 'disabled', groups: ['x'], nickname: 'Al', address: { region: 'r' } };
    const patch = { status: null, groups: null, nickname: null, address: { locality: 'l' } };
    const { message, removed } = patched(NewUser, user, patch, { fixed: [] });
    expect(userChanges(message, removed)).toEqual({
      username: 'a',
      status: 'active',
      requiredActions: [],
      adminRole: null,
      groups: [],
      claims: { nickname: null, address: { region: 'r', locality: 'l' } },
    });
  });
});

describe('an address', () => {
  it('is gone with the last of its members (OIDC Core §5.3.2)', () => {
    const user = { username: 'a', status: 'active', groups: [], address: { region: 'r' } };
    const { message, removed } = patched(NewUser, user, { address: { region: null } }, { fixed: [] });
    expect(userChanges(message, removed).claims).toEqual({ address: null });
  });
});

describe('names on the wire', () => {
  it('become those of the service, and lists of scopes are taken apart (RFC 6749 §3.3)', () => {
    const { message } = checkMessage(NewClient, { token_endpoint_auth_method: 'none', scope: ' openid  email ' });
    expect(clientInput(message)).toMatchObject({ tokenEndpointAuthMethod: 'none', scope: ['openid', 'email'] });
  });
});
