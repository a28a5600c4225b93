import { describe, expect, it } from 'vitest';
import { isLoopback, plainAddress, TrustedProxies } from './trusted-proxies.js';

describe('trusted proxies', () => {
  const proxies = new TrustedProxies(['10.0.0.5', '10.1.0.0/16', 'fd00::/8']);

  it.each(['10.0.0.5', '::ffff:10.0.0.5', '10.1.255.1', 'fd12::1'])('include %s', (address) => {
    expect(proxies.trusts(address)).toBe(true);
  });

  it.each(['10.0.0.6', '10.2.0.1', 'fe80::1', 'unknown', '', undefined])('do not include %s', (address) => {
    expect(proxies.trusts(address)).toBe(false);
    expect(new TrustedProxies([]).trusts(address)).toBe(false);
  });
});

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:80', '203.0.113.7'],
    ['[2001:db8::1]:80', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['unknown', undefined],
    ['999.1.1.1', undefined],
    ['', undefined],
  ])('%s is %s', (text, address) => {
    expect(plainAddress(text)).toBe(address);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['128.0.0.1', false],
    ['::2', false],
    [undefined, false],
  ])('%s is loopback: %s', (address, loopback) => {
    expect(isLoopback(address)).toBe(loopback);
  });
});
