import { setImmediate as othersTurn } from 'node:timers/promises';

/** Turns of a digest that take a millisecond or two. */
const SLICE = 400;

/** Does the same step many times over, and lets others have their turn in between: no request waits for the whole of it. */
export async function inSlices(turns: number, step: (turn: number) => void): Promise<void> {
  for (let from = 0; from < turns; from += SLICE) {
    for (let turn = from; turn < Math.min(turns, from + SLICE); turn += 1) step(turn);
    await othersTurn();
  }
}
