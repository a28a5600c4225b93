import { describe, expect, it } from 'vitest';
import { addressKind, OutboundExceptions } from './outbound-addresses.js';

describe('the kind of an address (RFC 9700 §4.15, RFC 6890 §2.2)', () => {
  it.each([
    [
      'public',
      ['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.0', '100.63.255.255', '192.0.3.1', '223.255.255.255'],
    ],
    ['public', ['2606:4700:4700::1111', '2a00:1450:4001::1', '2001:4860:4860::8888', '2620:0:2d0::1']],
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '100.127.255.255']],
    ['private', ['fc00::1', 'fd12:3456:789a::1']],
    ['forbidden', ['0.0.0.0', '0.1.2.3', '169.254.169.254', '100.100.100.200', '168.63.129.16', 'fd00:ec2::254']],
    ['forbidden', ['192.0.0.192', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '192.88.99.1']],
    ['forbidden', ['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255']],
    [
      'forbidden',
      ['::', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001:db8::1', '3fff::1', '100::1', '5f00::1'],
    ],
    // RFC 4291 §2.5.5.2: judged as the IPv4 address that is meant.
    ['public', ['::ffff:8.8.8.8']],
    ['loopback', ['::ffff:127.0.0.1', '::ffff:7f00:1']],
    ['private', ['::ffff:192.168.1.1', '0:0:0:0:0:ffff:a00:1']],
    ['forbidden', ['::ffff:0.0.0.0', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '::ffff:0:127.0.0.1']],
    [
      'forbidden',
      ['::127.0.0.1', '::8.8.8.8', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::1', '2001:0:7f00:1::1'],
    ],
    ['forbidden', ['', 'localhost', '2130706433', '0177.0.0.1', '127.1', '0x7f000001', '127.0.0.1.', '[::1]']],
  ])('is %s for %j', (kind, addresses) => {
    for (const address of addresses) expect([address, addressKind(address)]).toEqual([address, kind]);
  });
});

describe('the exceptions of OUTBOUND_ALLOW', () => {
  const exceptions = (loopback = true) =>
    new OutboundExceptions(
      [
        { kind: 'host', host: 'jwks.internal', port: 8443 },
        { kind: 'host', host: '10.9.9.9', port: 443 },
        { kind: 'host', host: '0:0:0:0:0:0:0:1', port: 9443 },
        { kind: 'network', network: '10.1.0.0/16' },
        { kind: 'network', network: '169.254.7.7' },
        { kind: 'network', network: 'fd00:1::/32' },
        { kind: 'network', network: '::ffff:10.4.0.0/112' },
        { kind: 'host', host: '::ffff:a08:808', port: 443 },
      ],
      loopback,
    );

  it.each<[string, number, string, boolean]>([
    ['rp.example', 443, '8.8.8.8', true],
    ['jwks.internal', 8443, '10.2.3.4', true],
    ['jwks.internal', 8443, 'fd00:2::1', true],
    ['jwks.internal', 8443, '127.0.0.1', true],
    ['jwks.internal', 443, '10.2.3.4', false],
    ['other.internal', 8443, '10.2.3.4', false],
    ['jwks.internal.', 8443, '10.2.3.4', false],
    // A name opens the inside of the company, never what nobody serves documents from.
    ['jwks.internal', 8443, '169.254.169.254', false],
    ['jwks.internal', 8443, '0.0.0.0', false],
    ['jwks.internal', 8443, '::ffff:169.254.169.254', false],
    ['jwks.internal', 8443, '::ffff:127.0.0.1', true],
    ['jwks.internal', 443, '::ffff:127.0.0.1', false],
    ['jwks.internal', 8443, 'fe80::1', false],
    ['a.internal', 443, '10.9.9.9', true],
    ['a.internal', 444, '10.9.9.9', false],
    ['::1', 9443, '::1', true],
    ['::1', 443, '::1', false],
    ['a.internal', 1234, '10.1.255.255', true],
    ['a.internal', 1234, '10.2.0.0', false],
    ['a.internal', 1234, '169.254.7.7', true],
    ['a.internal', 1234, '169.254.7.8', false],
    ['a.internal', 1234, 'fd00:1::5', true],
    ['a.internal', 1234, 'fd00:1::5%eth0', false],
    ['a.internal', 1234, 'nonsense', false],
    // RFC 4291 §2.5.5.2: a mapped address is the IPv4 address, whichever of the two the exception names.
    ['a.internal', 1234, '::ffff:10.1.255.255', true],
    ['a.internal', 1234, '::ffff:a01:1', true],
    ['a.internal', 1234, '::ffff:10.2.0.0', false],
    ['a.internal', 443, '::ffff:10.9.9.9', true],
    ['a.internal', 444, '::ffff:10.9.9.9', false],
    ['a.internal', 1234, '10.4.1.1', true],
    ['a.internal', 1234, '::ffff:10.4.1.1', true],
    ['a.internal', 1234, '10.5.0.1', false],
    ['a.internal', 443, '10.8.8.8', true],
    ['a.internal', 444, '10.8.8.8', false],
  ])('for %s, port %i at %s: %s', (host, port, address, allowed) => {
    expect(exceptions().allows(host, port, address)).toBe(allowed);
  });

  it.each([
    ['jwks.internal', 8443, '127.0.0.1'],
    ['jwks.internal', 8443, '::ffff:127.0.0.1'],
    ['::1', 9443, '::1'],
  ] as const)('never lead from a production issuer to this machine: %s', (host, port, address) => {
    expect(exceptions(false).allows(host, port, address)).toBe(false);
  });
});
