const FIRST_DELAY_SECONDS = 5;
const LONGEST_DELAY_SECONDS = 3600;
const GIVE_UP_AFTER_SECONDS = 48 * 3600;

/** How long to wait after so many failed attempts: twice as long each time, up to a quarter less by `chance` (0 to 1). */
export function delaySeconds(attempts: number, chance: number): number {
  const longest = Math.min(FIRST_DELAY_SECONDS * 2 ** (attempts - 1), LONGEST_DELAY_SECONDS);
  return longest * (1 - chance / 4);
}

/** When to try again something that was written at `createdAt`; nothing when it has been tried for two days. */
export function nextAttempt(createdAt: Date, attempts: number, now: Date, chance: number): Date | undefined {
  const next = new Date(now.getTime() + Math.ceil(delaySeconds(attempts, chance) * 1000));
  return next.getTime() - createdAt.getTime() > GIVE_UP_AFTER_SECONDS * 1000 ? undefined : next;
}
