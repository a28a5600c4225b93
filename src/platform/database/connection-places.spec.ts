import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionPlaces } from './connection-places.js';
import type { DatabaseUnavailable } from './database-errors.js';

describe('places at a database server', () => {
  let told: [number, string][];
  let places: ConnectionPlaces;
  const enter = (number: number) => {
    places.enter((refusal?: DatabaseUnavailable) => told.push([number, refusal?.message ?? 'in']));
  };

  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    places = new ConnectionPlaces({ places: 2, longestQueue: 2, stallMs: 100 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are given in the order of arrival', () => {
    for (const number of [1, 2, 3, 4]) enter(number);
    expect(told.map(([number]) => number)).toEqual([1, 2]);
    places.leave();
    places.leave();
    places.leave();
    enter(5);
    expect(told).toEqual([1, 2, 3, 4, 5].map((number) => [number, 'in']));
  });

  it('are waited for by so many and no more', () => {
    for (const number of [1, 2, 3, 4, 5]) enter(number);
    expect(told.slice(2)).toEqual([[5, 'too many wait for the database']]);
  });

  it('are waited for as long as now and then one comes free', () => {
    for (const number of [1, 2, 3, 4]) enter(number);
    vi.advanceTimersByTime(90);
    places.leave();
    vi.advanceTimersByTime(90);
    places.leave();
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([1, 2, 3, 4].map((number) => [number, 'in']));
  });

  it('are refused to those who wait once none has come free for too long, and at once to whoever comes then', () => {
    for (const number of [1, 2, 3]) enter(number);
    vi.advanceTimersByTime(100);
    enter(4);
    expect(told.slice(2)).toEqual([
      [3, 'no connection came free in 100 ms'],
      [4, 'the database has stopped to answer'],
    ]);
    places.leave();
    enter(5);
    enter(6);
    expect(told.slice(4)).toEqual([[5, 'in']]);
    places.leave();
    expect(told.slice(5)).toEqual([[6, 'in']]);
  });
});
