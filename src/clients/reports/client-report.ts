/** Why somebody tells of a client: it poses as another, asks for too much, came unasked, or something else. */
export const REPORT_REASONS = ['impersonation', 'excessive', 'unexpected', 'other'] as const;

/** One of them. */
export type ReportReason = (typeof REPORT_REASONS)[number];

/** How many characters a user may add in their own words. */
export const MOST_WORDS = 500;

/** What a user told of a client. */
export interface ClientReport {
  readonly id: string;
  readonly clientId: string;
  readonly userId: string;
  readonly reason: ReportReason;
  readonly words: string | undefined;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}
