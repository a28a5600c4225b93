/** One scope that a user, or the company for them, allowed a client. */
export interface ApprovedScope {
  /** The name of the scope, or of a single claim as `claimApproval` writes it. */
  readonly scope: string;
  /** Since when it is approved, without a break and with this meaning. */
  readonly approvedAt: Date;
  /** When it was last decided, where that was later. */
  readonly decidedAt?: Date;
  /** Until when the approval counts; absent means until it is taken back. */
  readonly expiresAt?: Date;
  /** When it was last used, to within an hour; absent as long as it never was. */
  readonly lastUsedAt?: Date;
  /** Which version of its words and of its meaning was shown, where that was not the first. */
  readonly textVersion?: number;
  readonly meaningVersion?: number;
  /** Who decided; whoever decided the rest when nothing is said. */
  readonly givenBy?: ConsentGiver;
}

/** Which version of the words and of the meaning of a scope is shown. */
export type ShownVersion = Pick<ApprovedScope, 'textVersion' | 'meaningVersion'>;

/** Who decided: the user on the consent page, or the company by skipping it for its own client. */
export type ConsentGiver = 'user' | 'company';

/** What one user allowed one client, remembered. */
export interface Consent {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly givenBy: ConsentGiver;
  readonly scopes: readonly ApprovedScope[];
  /** When any of it was last used, to within an hour. */
  readonly lastUsedAt?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
