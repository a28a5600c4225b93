import { describe, expect, it } from 'vitest';
import { ADDRESS_SPRAY, PASSWORD_SPRAY, windowOf } from './spray-policy.js';

const at = (time: string) => new Date(`2026-03-01T${time}Z`);

describe('the window in which a spray is counted', () => {
  it.each([
    [ADDRESS_SPRAY, '12:00:00.000', '12:15:00.000'],
    [ADDRESS_SPRAY, '12:14:59.999', '12:15:00.000'],
    [ADDRESS_SPRAY, '12:15:00.000', '12:30:00.000'],
    [PASSWORD_SPRAY, '12:59:59.999', '13:00:00.000'],
  ])('of %j at %s ends at %s', (policy, now, end) => {
    expect(windowOf(policy, at(now)).endsAt).toEqual(at(end));
  });

  it('has another number when the next one begins', () => {
    const numbers = ['12:00:00', '12:14:59', '12:15:00'].map((time) => windowOf(ADDRESS_SPRAY, at(time)).number);
    expect(numbers[1]).toBe(numbers[0]);
    expect(numbers[2]).toBe(Number(numbers[0]) + 1);
  });
});
