import { afterEach, describe, expect, it, vi } from 'vitest';
import { Turnstile } from './turnstile.js';

describe('the turnstile', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets one through at a time, in the order of arrival', async () => {
    const turnstile = new Turnstile();
    const order: number[] = [];
    const pass = async (number: number) => {
      await turnstile.acquire();
      order.push(number);
      await Promise.resolve();
      order.push(-number);
      turnstile.release();
    };
    await Promise.all([pass(1), pass(2), pass(3)]);
    expect(order).toEqual([1, -1, 2, -2, 3, -3]);
  });

  it('names the likely mistake to one who waits too long, and forgets them', async () => {
    vi.useFakeTimers();
    const turnstile = new Turnstile(100);
    await turnstile.acquire();
    const refused = expect(turnstile.acquire()).rejects.toThrow('waits for that very transaction');
    await vi.advanceTimersByTimeAsync(100);
    await refused;
    turnstile.release();
    await expect(turnstile.acquire()).resolves.toBeUndefined();
  });
});
