import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { leftHalfHash } from './left-half-hash.js';

describe('at_hash, c_hash and s_hash', () => {
  it.each([
    ['jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', '77QmUPtjPfzWtF2AnpK9RQ'],
    ['Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk', 'LDktKdoQak3Pk0cnXxCltA'],
  ])('are the examples of the standard: %s (OIDC Core §A.3, §A.4)', (value, hash) => {
    expect(leftHalfHash(value, 'RS256')).toBe(hash);
  });

  it.each([
    ['RS256', 'sha256', 16],
    ['PS256', 'sha256', 16],
    ['ES256', 'sha256', 16],
    ['HS256', 'sha256', 16],
    ['HS384', 'sha384', 24],
    ['HS512', 'sha512', 32],
    ['EdDSA', 'sha512', 32],
  ])('take the left half of the hash of %s (OIDC Core §3.1.3.6, RFC 8032 §5.1)', (algorithm, hash, bytes) => {
    const half = createHash(hash).update('a value').digest().subarray(0, bytes).toString('base64url');
    expect(leftHalfHash('a value', algorithm)).toBe(half);
  });
});
