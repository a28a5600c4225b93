import { describe, expect, it } from 'vitest';
import { membersOf } from '../rest/member.decorators.js';
import { ClientMembers } from '../rest/dto/client.dto.js';
import { isSensitive, SENSITIVE_CLIENT_MEMBERS } from './sensitive-change.js';

describe('a change that needs a second person', () => {
  it('is every new client', () => {
    expect(isSensitive('client.register', undefined, { client_name: 'Desk' })).toBe(true);
  });

  it.each(SENSITIVE_CLIENT_MEMBERS.map((name) => [name]))('is one of %s, made, changed or taken away', (name) => {
    for (const kind of ['client.change', 'client.restore'] as const) {
      expect(isSensitive(kind, {}, { [name]: 'x' })).toBe(true);
      expect(isSensitive(kind, { [name]: ['x'] }, { [name]: ['x', 'y'] })).toBe(true);
      expect(isSensitive(kind, { [name]: true }, {})).toBe(true);
      expect(isSensitive(kind, { [name]: ['x'] }, { [name]: ['x'] })).toBe(false);
    }
  });

  it('names members that clients have', () => {
    const known = membersOf(ClientMembers).map(({ name }) => name);
    expect(SENSITIVE_CLIENT_MEMBERS.filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each([['client_name'], ['logo_uri'], ['access_token_lifetime'], ['contacts'], ['listed']])(
    'is none of %s',
    (name) => {
      expect(isSensitive('client.change', { [name]: 'x' }, { [name]: 'y' })).toBe(false);
    },
  );

  it('is to let a client in again, and not to shut it out', () => {
    expect(isSensitive('client.change', { status: 'disabled' }, { status: 'active' })).toBe(true);
    expect(isSensitive('client.change', { status: 'active' }, { status: 'disabled' })).toBe(false);
  });

  it('is the end of the rule, however it is asked for, and no other setting', () => {
    expect(isSensitive('settings.change', { four_eyes: true }, { four_eyes: false })).toBe(true);
    expect(isSensitive('settings.change', { four_eyes: true }, {})).toBe(true);
    expect(isSensitive('settings.change', { four_eyes: false }, { four_eyes: true })).toBe(false);
    expect(isSensitive('settings.change', { four_eyes: true, a: 1 }, { four_eyes: true, a: 2 })).toBe(false);
  });
});
