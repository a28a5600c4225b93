import { expect, it } from 'vitest';
import { RefusalLimits } from './refusal-limits.js';

const HOUR_MS = 3_600_000;

function kept(limits: RefusalLimits, times: number, address: string, now = HOUR_MS): number {
  return Array.from({ length: times }, () => limits.fits(address, now)).filter(Boolean).length;
}

it('one address fills a part of the hour and leaves the rest to others; an IPv6 network counts as one', () => {
  const limits = new RefusalLimits();
  expect(kept(limits, 1000, '192.0.2.1')).toBe(200);
  expect(kept(limits, 5, '192.0.2.2')).toBe(5);
  expect(kept(limits, 150, '2001:db8::1') + kept(limits, 150, '2001:db8::2')).toBe(200);
  expect(kept(limits, 1, '192.0.2.1', 2 * HOUR_MS)).toBe(1);
});

it('all addresses together fill an hour and no more', () => {
  const limits = new RefusalLimits();
  const all = Array.from({ length: 3000 }, (_, n) => limits.fits(`10.0.${n >> 8}.${n & 255}`, HOUR_MS));
  expect(all.filter(Boolean)).toHaveLength(2000);
});
