/** What runs out: secrets, and certificates of ours or that we trust. */
export const EXPIRING_KINDS = [
  'client_secret',
  'identity_provider_secret',
  'tls_certificate',
  'trusted_certificate',
  'directory_certificate',
] as const;

/** A secret or certificate that runs out and that nothing replaces by itself (our own signing keys follow each other up), and of whom it is. */
export interface ExpiringSecret {
  readonly kind: (typeof EXPIRING_KINDS)[number];
  readonly id: string;
  readonly expiresAt: Date;
  /** The `client_id` that a secret belongs to: of a client here, or ours at a provider. */
  readonly ownerId?: string;
  readonly ownerName: string;
  /** The id of the user who looks after the client. */
  readonly keeperId?: string;
  /** Whom the owner names, e-mail addresses among them. */
  readonly contacts: readonly string[];
}

/** How many days before the end it is said. */
export const WARNING_DAYS = [1, 7, 30] as const;

const DAY_MS = 86_400_000;

/** The warning that is due now: the nearest one, as a late one makes those before it pointless; undefined while it is early. */
export function dueWarning(expiresAt: Date, now: Date): number | undefined {
  const left = expiresAt.getTime() - now.getTime();
  return left <= 0 ? undefined : WARNING_DAYS.find((days) => left <= days * DAY_MS);
}

/** The moment up to which secrets are looked at. */
export function horizon(now: Date): Date {
  return new Date(now.getTime() + Math.max(...WARNING_DAYS) * DAY_MS);
}
