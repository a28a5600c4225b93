import { describe, expect, it } from 'vitest';
import { fileName } from './declaration-file.js';

describe('the name of the file of a record', () => {
  it.each(['travel-desk', 'expenses.read', 'a_b'])(
    'is the name itself where every file system takes it: %s',
    (name) => {
      expect(fileName(name)).toBe(name);
    },
  );

  it.each(['https://api.example.com/v1', 'Travel', '.hidden', '../up', 'a b', '数据', 'x'.repeat(300)])(
    'says what it can of another, with a part of its digest: %j',
    (name) => {
      expect(fileName(name)).toMatch(/^([a-z0-9][a-z0-9._-]{0,79}-)?[0-9a-f]{8}$/);
    },
  );

  it('tells names apart that look alike', () => {
    const names = ['a b', 'a-b', 'a/b', 'A-b', 'a:b'];
    expect(new Set(names.map(fileName)).size).toBe(names.length);
  });
});
