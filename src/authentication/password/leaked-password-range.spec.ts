import { describe, expect, it } from 'vitest';
import { rangeHolds } from './leaked-password-range.js';

// The rest of the SHA-1 digest of "password" after 5BAA6.
const REST = '1E4C9B93F3F0682250B6CF8331B7EE68FD8';

describe('a range of leaked passwords', () => {
  it('holds a digest that is counted at least once', () => {
    expect(rangeHolds(`0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n${REST}:3861493\r\n`, REST)).toBe(true);
    expect(rangeHolds(`${REST.toLowerCase()}:1`, REST)).toBe(true);
  });

  it('does not hold what is not there, and what is only padding', () => {
    expect(rangeHolds('0018A45C4D1DEF81644B54AB7F969B88D65:1', REST)).toBe(false);
    expect(rangeHolds(`${REST}:0`, REST)).toBe(false);
    expect(rangeHolds('', REST)).toBe(false);
    expect(rangeHolds('<html>not a list</html>', REST)).toBe(false);
  });
});
