import { describe, expect, it } from 'vitest';
import { DatabaseUnavailable, isPassing, isUnavailable, isUniqueViolation, SchemaBehind } from './database-errors.js';

const failure = (facts: object) => Object.assign(new Error('failed'), facts);

describe('errors of the database', () => {
  it.each([
    ['a deadlock', { errno: 1213 }],
    ['a lock that was waited for too long', { errno: 1205 }],
    ['a row changed under a snapshot', { errno: 1020 }],
    ['a transaction that a group took back at its commit', { errno: 3101 }],
    ['a write conflict of an optimistic engine', { errno: 9007 }],
    ['a file that another process writes', { code: 'SQLITE_BUSY' }],
    ['a snapshot that is too old to write', { code: 'SQLITE_BUSY_SNAPSHOT' }],
  ])('pass: %s', (_title, facts) => {
    expect([isPassing(failure(facts)), isUnavailable(failure(facts))]).toEqual([true, true]);
  });

  it('do not pass, but mean 503, when nobody answers', () => {
    for (const error of [failure({ code: 'ECONNREFUSED' }), new DatabaseUnavailable('contended')]) {
      expect([isPassing(error), isUnavailable(error)]).toEqual([false, true]);
    }
  });

  it.each([
    ['a node apart from its cluster', { errno: 1047 }],
    ['a commit whose fate is unknown', { errno: 1180 }],
    ['a standby that only reads', { errno: 1290 }],
    ['a server that only reads', { errno: 1836 }],
    ['a statement that was interrupted', { errno: 1317 }],
    ['a connection that was killed', { errno: 1927 }],
    ['a statement beyond the limit of the server', { errno: 1969 }],
    ['a connection that is gone', { fatal: true }],
  ])('do not pass, but mean 503: %s', (_title, facts) => {
    expect([isPassing(failure(facts)), isUnavailable(failure(facts))]).toEqual([false, true]);
  });

  it('are mistakes otherwise', () => {
    for (const error of [failure({ errno: 1062 }), failure({}), 'text', undefined, null]) {
      expect([isPassing(error), isUnavailable(error)]).toEqual([false, false]);
    }
    expect([isUniqueViolation(failure({ errno: 1062 })), isUniqueViolation(failure({ errno: 1213 }))]).toEqual([
      true,
      false,
    ]);
  });

  it('tell that a value is taken also as the cause of what ended a unit of work, however the statement was sent', () => {
    const ended = new Error('a unit of work inside this one failed', { cause: failure({ errno: 1062 }) });
    expect(isUniqueViolation(ended)).toBe(true);
    expect(isUniqueViolation(new Error('something else', { cause: failure({ errno: 1213 }) }))).toBe(false);
  });

  it('say what to do about a schema that is behind', () => {
    expect(new SchemaBehind(['A1', 'B2']).message).toMatch(/behind by 2: A1, B2\. Run "npm run migrate"/);
  });
});
