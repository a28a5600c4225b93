import { describe, expect, it } from 'vitest';
import { disclosedAfter, MOST_CLAIMS, type DisclosedClaims } from './disclosed-claims.js';

const START = new Date('2026-11-27T10:00:00Z');
const at = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
const ms = (minutes: number): number => at(minutes).getTime();
const released = (minutes: number, ...names: string[]) => new Map(names.map((name) => [name, at(minutes)]));
const LONG_AGO = new Date(0);

describe('which claims went to a client', () => {
  it('begins with the first ones: when, and once', () => {
    expect(disclosedAfter({}, released(0, 'sub', 'email'), LONG_AGO)).toEqual({
      sub: [ms(0), ms(0), 1],
      email: [ms(0), ms(0), 1],
    });
  });

  it('goes on with the last time and the count, which are written once an hour', () => {
    const known: DisclosedClaims = { sub: [ms(0), ms(0), 1], email: [ms(0), ms(30), 2] };
    expect(disclosedAfter(known, released(59, 'sub', 'email'), LONG_AGO)).toBeUndefined();
    expect(disclosedAfter(known, released(60, 'sub', 'email'), LONG_AGO)).toEqual({
      sub: [ms(0), ms(60), 2],
      email: [ms(0), ms(30), 2],
    });
  });

  it('says at once what is released for the first time, also beside what is known', () => {
    const known: DisclosedClaims = { sub: [ms(0), ms(0), 1] };
    expect(disclosedAfter(known, released(1, 'sub', 'phone_number'), LONG_AGO)).toEqual({
      sub: [ms(0), ms(0), 1],
      phone_number: [ms(1), ms(1), 1],
    });
  });

  it('forgets what was released before it is to be known', () => {
    const known: DisclosedClaims = { email: [ms(0), ms(10), 2], name: [ms(0), ms(20), 2] };
    expect(disclosedAfter(known, released(100, 'sub'), at(10))).toEqual({
      sub: [ms(100), ms(100), 1],
      name: [ms(0), ms(20), 2],
    });
  });

  it('holds so many and no more: the latest', () => {
    const names = Array.from({ length: MOST_CLAIMS }, (_unused, index) => `claim ${index}`);
    const full = disclosedAfter({}, released(0, ...names), LONG_AGO) ?? {};
    const after = disclosedAfter(full, released(1, 'one more'), LONG_AGO) ?? {};
    expect(Object.keys(after)).toHaveLength(MOST_CLAIMS);
    expect(after['one more']).toEqual([ms(1), ms(1), 1]);
  });

  it('fits its row, however long the names are', () => {
    const names = Array.from({ length: MOST_CLAIMS + 9 }, (_unused, index) => String(index).padStart(200, 'x'));
    const text = JSON.stringify(disclosedAfter({}, released(0, ...names), LONG_AGO));
    expect(Buffer.byteLength(text)).toBeLessThan(65_535);
  });
});
