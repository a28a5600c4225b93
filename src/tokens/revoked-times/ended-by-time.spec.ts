import { expect, it } from 'vitest';
import { endedByTime } from './ended-by-time.js';

const at = (seconds: number, milliseconds = 0) => new Date(1_800_000_000_000 + seconds * 1000 + milliseconds);
const token = (seconds: number) => ({ issuedAt: at(seconds), clientId: 'c', userId: 'u' });
const everything = { userId: null, clientId: null };

it.each([
  [-1, null, true],
  [0, null, true],
  [1, null, false],
  [-10, at(-10, 900), true],
  [-11, at(-10), false],
])('a token of second %s in a time from %s to 0.5 has ended: %s', (issued, since, ended) => {
  expect(endedByTime([{ ...everything, since, until: at(0, 500) }], token(issued))).toBe(ended);
});

it.each([
  [{ userId: 'u', clientId: null }, true],
  [{ userId: 'v', clientId: null }, false],
  [{ userId: null, clientId: 'c' }, true],
  [{ userId: 'u', clientId: 'd' }, false],
])('a time of %j is about the token: %s', (whose, ended) => {
  expect(endedByTime([{ ...whose, since: null, until: at(0) }], token(0))).toBe(ended);
});

it("a time of a user is not about a client's own token", () => {
  const times = [{ userId: 'u', clientId: null, since: null, until: at(0) }];
  expect(endedByTime(times, { ...token(0), userId: undefined })).toBe(false);
});
