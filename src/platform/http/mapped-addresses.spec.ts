import { describe, expect, it } from 'vitest';
import { unmapped } from './mapped-addresses.js';

describe('an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2)', () => {
  it.each([
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::FFFF:7f00:1', '127.0.0.1'],
    ['0:0:0:0:0:ffff:a00:1', '10.0.0.1'],
    ['::ffff:0:0', '0.0.0.0'],
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:0:127.0.0.1', '::ffff:0:127.0.0.1'],
    ['::127.0.0.1', '::127.0.0.1'],
    ['::ffff:127.0.0.1%eth0', '::ffff:127.0.0.1%eth0'],
    ['fd00::1', 'fd00::1'],
    ['nonsense', 'nonsense'],
  ])('%s means %s', (address, meant) => {
    expect(unmapped(address)).toBe(meant);
  });
});
