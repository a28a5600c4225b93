/** How often a race is run. */
export const ROUNDS = [1, 2, 3, 4, 5] as const;

/** Somebody of a seed with whom a race is run. */
export interface Racer {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly email: string;
}

/** The user for one round of a race. */
export function racer(what: string, round: number): Racer {
  const name = `${what}-${round}`;
  return { id: name, username: name, password: `a race of ${what} along the bank`, email: `${name}@corp.example` };
}
