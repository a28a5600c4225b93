/** What links in mails are for, and what each carries besides the account and the address it is bound to. */
export interface ActionLinkCatalogue {
  /** Goes on with making an account. */
  'sign-up': { readonly interaction?: string | undefined };
  /** Accepts an invitation. */
  invitation: { readonly invitationId: string };
  /** Shows that the address of the account is its user's. */
  'verify-email': Readonly<Record<string, never>>;
  /** Gives the account the address that the link was sent to. */
  'change-email': Readonly<Record<string, never>>;
  /** Chooses a new password. */
  'reset-password': { readonly interaction?: string | undefined };
  /** Says that something in the account was not done by its user. */
  'not-me': { readonly verified: boolean };
}

/** What a link in a mail is for. */
export type ActionLinkPurpose = keyof ActionLinkCatalogue;

/** A link that can be used now. */
export interface ActionLink<P extends ActionLinkPurpose> {
  readonly purpose: P;
  /** The account it is bound to; none for one that makes an account. */
  readonly userId?: string | undefined;
  /** The address it was sent to. */
  readonly address: string;
  readonly data: ActionLinkCatalogue[P];
  readonly createdAt: Date;
}

/** A link to make. */
export type NewActionLink<P extends ActionLinkPurpose> = Omit<ActionLink<P>, 'createdAt'> & {
  readonly lifetimeSeconds: number;
};
