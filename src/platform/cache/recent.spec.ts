import { expect, it } from 'vitest';
import { Recent } from './recent.js';

it('has a bound: what was not used longest goes', () => {
  const recent = new Recent<number>(2);
  recent.keep('a', 1);
  recent.keep('b', 2);
  expect(recent.get('a')).toBe(1);
  recent.keep('c', 3);
  expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual([1, undefined, 3]);
  recent.keep('c', 4);
  recent.forget('a');
  expect(['a', 'c'].map((key) => recent.get(key))).toEqual([undefined, 4]);
});
