import { describe, expect, it } from 'vitest';
import { passkeyName } from './passkey-name.js';
import { passkeyProvider } from './passkey-provider.js';
import { presentedPasskey } from './passkey-response.js';

const base64url = (value: string) => Buffer.from(value).toString('base64url');
const CLIENT_DATA = base64url(JSON.stringify({ type: 'webauthn.get', challenge: base64url('the challenge') }));
const ANSWER = {
  id: 'AAEC',
  rawId: 'AAEC',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: CLIENT_DATA, userHandle: 'dXNlcg', transports: ['usb', 'nfc'] },
};

describe('what a page posts of a passkey (WebAuthn §5.1, §5.8.1)', () => {
  it('is taken apart', () => {
    expect(presentedPasskey(JSON.stringify(ANSWER))).toMatchObject({
      credentialId: 'AAEC',
      challenge: 'the challenge',
      userHandle: 'dXNlcg',
      transports: ['usb', 'nfc'],
      answer: ANSWER,
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an answer without an id', JSON.stringify({ ...ANSWER, id: undefined })],
    ['an id that is no base64url', JSON.stringify({ ...ANSWER, id: 'a+b=' })],
    ['an id longer than any', JSON.stringify({ ...ANSWER, id: 'A'.repeat(1365) })],
    ['no response', JSON.stringify({ ...ANSWER, response: 'x' })],
    ['client data that are no JSON', JSON.stringify({ ...ANSWER, response: { clientDataJSON: base64url('x') } })],
    ['client data without a challenge', JSON.stringify({ ...ANSWER, response: { clientDataJSON: base64url('{}') } })],
    ['far too much', JSON.stringify({ ...ANSWER, more: 'x'.repeat(40_000) })],
  ])('is none when it is %s', (_, posted) => {
    expect(presentedPasskey(posted)).toBeUndefined();
  });

  it('loses transports that are none, which go back to browsers', () => {
    const response = {
      ...ANSWER.response,
      transports: ['usb', 1, '"><script>', 'x'.repeat(21), ...Array.from('abcdefghij')],
    };
    expect(presentedPasskey(JSON.stringify({ ...ANSWER, response }))?.transports).toEqual([
      'usb',
      ...Array.from('abcdefg'),
    ]);
  });

  it('has no user handle when that is no text', () => {
    const response = { ...ANSWER.response, userHandle: null };
    expect(presentedPasskey(JSON.stringify({ ...ANSWER, response }))?.userHandle).toBeUndefined();
  });
});

describe('the name of a passkey', () => {
  it.each([
    ['  My   blue\tkey ', 'My blue key'],
    ['工作钥匙', '工作钥匙'],
    ['a\u202eb\u0000c', 'a b c'],
    ['   ', undefined],
    ['x'.repeat(101), undefined],
  ])('%j becomes %j', (typed, name) => {
    expect(passkeyName(typed)).toBe(name);
  });

  it('is that of what keeps it, where that is known', () => {
    expect(passkeyProvider('fbfc3007-154e-4ecc-8c0b-6e020557d7bd')).toBe('iCloud Keychain');
    expect(passkeyProvider('00000000-0000-0000-0000-000000000000')).toBeUndefined();
  });
});
