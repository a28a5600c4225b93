/** One scope that a user, or the company for them, allowed a client. */
export interface ApprovedScope {
  /** The name of the scope, or of a single claim as `claimApproval` writes it. */
  readonly scope: string;
  readonly approvedAt: Date;
  /** Until when the approval counts; absent means until it is taken back. */
  readonly expiresAt?: Date;
}

/** Who decided: the user on the consent page, or the company by skipping it for its own client. */
export type ConsentGiver = 'user' | 'company';

/** What one user allowed one client, remembered. */
export interface Consent {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly givenBy: ConsentGiver;
  readonly scopes: readonly ApprovedScope[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
