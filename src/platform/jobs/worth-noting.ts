const HOUR_MS = 3_600_000;

/** Whether a use says more than what is noted already: what happens all the time is noted once an hour, by whichever process. */
export function isWorthNoting(use: Date, noted: Date | undefined): boolean {
  return noted === undefined || use.getTime() - noted.getTime() >= HOUR_MS;
}
