import { describe, expect, it } from 'vitest';
import { AttemptsInFlight } from './attempts-in-flight.js';

/** A counter as the database keeps it: lets through while it is below the limit. */
function counter(limit: number): { ask: () => Promise<boolean>; giveBack: () => void } {
  let count = 0;
  return {
    ask: () => {
      if (count >= limit) return Promise.resolve(false);
      count += 1;
      return Promise.resolve(true);
    },
    giveBack: () => {
      count -= 1;
    },
  };
}

describe('AttemptsInFlight', () => {
  it('lets every one of many successful attempts through, although the limit is far lower', async () => {
    const inFlight = new AttemptsInFlight();
    const { ask, giveBack } = counter(3);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => {
        if (!(await inFlight.admitted('alice', ask))) return 'refused';
        await Promise.resolve();
        giveBack();
        inFlight.finish('alice', 'success');
        return 'signed in';
      }),
    );
    expect(outcomes).toEqual(Array(20).fill('signed in'));
  });

  it('refuses those beyond the limit once the ones in flight have failed, and hangs none', async () => {
    const inFlight = new AttemptsInFlight();
    const { ask } = counter(3);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => {
        if (!(await inFlight.admitted('alice', ask))) return 'refused';
        await Promise.resolve();
        inFlight.finish('alice', 'failure');
        return 'tried';
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'tried')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(17);
  });

  it('refuses at once when nothing is in flight', async () => {
    const inFlight = new AttemptsInFlight();
    expect(await inFlight.admitted('alice', () => Promise.resolve(false))).toBe(false);
  });

  it('passes an error on and waits for nothing afterwards', async () => {
    const inFlight = new AttemptsInFlight();
    await expect(inFlight.admitted('alice', () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
    expect(await inFlight.admitted('alice', () => Promise.resolve(false))).toBe(false);
  });
});
