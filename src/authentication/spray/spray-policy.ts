/** How one password or one address against many accounts is told from people who mistype. */
export interface SprayPolicy {
  /** What the failures have in common. */
  readonly kind: SprayKind;
  /** So many login names that failed, different ones, are no accident. */
  readonly names: number;
  /** Within so many seconds; after that the counting starts anew, and what was refused is let through again. */
  readonly windowSeconds: number;
  /** Whether further attempts wait until the window ends; else it is told, and the throttles do the rest. */
  readonly refuses: boolean;
}

/** What the failures of a spray have in common: where they came from, or the password that was tried. */
export type SprayKind = 'address' | 'password';

/**
 * Of an office behind one address, fewer mistype within a quarter of an hour; their own browsers are not counted at all.
 * As it could be an office all the same, it is told and no more: the throttle of the address lets a hundred through.
 */
export const ADDRESS_SPRAY: SprayPolicy = { kind: 'address', names: 30, windowSeconds: 900, refuses: false };

/** Hardly anybody fails with the password with which others failed before. */
export const PASSWORD_SPRAY: SprayPolicy = { kind: 'password', names: 10, windowSeconds: 3600, refuses: true };

/** The window that an instant lies in: its number, and when it ends. */
export function windowOf(policy: SprayPolicy, now: Date): { readonly number: number; readonly endsAt: Date } {
  const length = policy.windowSeconds * 1000;
  const number = Math.floor(now.getTime() / length);
  return { number, endsAt: new Date((number + 1) * length) };
}
