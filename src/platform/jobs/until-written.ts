const MOST_TURNS = 5;

/** Writes again upon what somebody else wrote at the same moment, for as long as `write` answers false. */
export async function untilWritten(write: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) if (await write()) return;
  throw new Error('others wrote the same at the same moment, again and again');
}
